// SPDX-License-Identifier: MIT
#include "app/cli/console.h"

#include "app/cli/textlayout.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <algorithm>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

std::optional<winsize> sizeOf(int stream)
{
    winsize size {};
    if (::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size;
    return std::nullopt;
}

/// True when the descriptor has something to read; false once `stop` is requested.
bool untilReadable(int descriptor, std::stop_token stop)
{
    const int wake = ::eventfd(0, EFD_CLOEXEC);
    std::stop_callback onStop(stop, [wake] { ::eventfd_write(wake, 1); });
    pollfd watched[2] {{descriptor, POLLIN, 0}, {wake, POLLIN, 0}};
    int found = 0;
    do
        found = ::poll(watched, 2, -1);
    while (found < 0 && errno == EINTR);
    const bool readable = found > 0 && watched[1].revents == 0;
    ::close(wake);
    return readable;
}

void untilWritable(int descriptor)
{
    pollfd watched {descriptor, POLLOUT, 0};
    ::poll(&watched, 1, -1);
}

} // namespace

Console::Console(Streams streams, Mode mode)
    : m_streams(streams)
    , m_mode(mode)
    , m_inIsTerminal(::isatty(streams.in))
    , m_outIsTerminal(::isatty(streams.out))
    , m_errIsTerminal(::isatty(streams.err))
    , m_dumb(qgetenv("TERM") == "dumb")
{
    const bool color = qEnvironmentVariableIsEmpty("NO_COLOR") && !m_dumb;
    m_colorOut = color && m_outIsTerminal && !mode.json;
    m_colorErr = color && m_errIsTerminal;
}

Console::~Console()
{
    restore();
}

bool Console::canAsk() const
{
    return m_inIsTerminal && m_errIsTerminal && !m_mode.noInput;
}

bool Console::canDraw() const
{
    return m_outIsTerminal && !m_mode.json && !m_dumb;
}

int Console::columns() const
{
    for (int stream : {m_streams.out, m_streams.err})
        if (const auto size = sizeOf(stream))
            return size->ws_col;
    const int columns = qEnvironmentVariableIntValue("COLUMNS");
    return columns > 0 ? columns : 80;
}

int Console::rows() const
{
    const auto size = sizeOf(m_streams.out);
    return size && size->ws_row > 0 ? size->ws_row : 24;
}

void Console::write(int stream, const QByteArray& bytes)
{
    const std::scoped_lock lock(m_mutex);
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t written = ::write(stream, bytes.data() + done, size_t(bytes.size() - done));
        if (written > 0)
            done += written;
        else if (written < 0 && errno == EAGAIN)
            untilWritable(stream);
        else if (written == 0 || errno != EINTR)
            return; // the reader has gone: a rollout goes on without it
    }
}

void Console::print(const QString& line)
{
    if (!m_mode.json)
        write(m_streams.out, line.toUtf8() + '\n');
}

void Console::print(const QStringList& lines)
{
    for (const QString& line : lines)
        print(line);
}

void Console::object(const QJsonObject& object)
{
    if (m_mode.json)
        write(m_streams.out, QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void Console::raw(const QByteArray& bytes)
{
    write(m_streams.out, bytes);
}

void Console::say(const QString& line)
{
    write(m_streams.err, line.toUtf8() + '\n');
}

void Console::complain(const Error& error)
{
    const int width = m_errIsTerminal ? columns() : 0;
    const auto lines = [&](const QString& text, int indent) {
        return width > 20 ? layout::wrapped(text, width, indent)
                          : QStringList {QString(indent, u' ') + text};
    };
    QStringList said = lines(Cli::tr("Error: %1").arg(sentence(error)), 0);
    if (!said.isEmpty())
        said[0].replace(Cli::tr("Error: %1").arg(QString()),
            paint::bold(paint::red(Cli::tr("Error: %1").arg(QString()), m_colorErr), m_colorErr));
    said += lines(remedy(error), 0);
    const QString detail = printable(error.detail).trimmed();
    if (!detail.isEmpty())
        for (const QString& line : detail.split(u'\n'))
            said << u"    "_s + paint::faint(line, m_colorErr);
    say(said.join(u'\n'));
}

Console::Asking::Asking(Console& console)
    : m_console(console)
{
    m_console.m_askMutex.lock();
    if (m_console.m_asking++ == 0 && m_console.m_askBegins)
        m_console.m_askBegins();
}

Console::Asking::~Asking()
{
    if (--m_console.m_asking == 0 && m_console.m_askEnds)
        m_console.m_askEnds();
    m_console.m_askMutex.unlock();
}

void Console::setAskingHooks(std::function<void()> begins, std::function<void()> ends)
{
    const std::scoped_lock lock(m_askMutex);
    m_askBegins = std::move(begins);
    m_askEnds = std::move(ends);
}

std::optional<Secret> Console::readLine(std::stop_token stop)
{
    // Read byte by byte, so that nothing of what follows the line is taken from whoever reads next;
    // the buffer is large enough never to be moved, and is overwritten.
    constexpr qsizetype longest = 64 * 1024;
    QByteArray line;
    line.reserve(longest);
    bool any = false;
    while (line.size() < longest) {
        if (!untilReadable(m_streams.in, stop)) {
            (void)Secret::takenFrom(line);
            return std::nullopt;
        }
        char c = 0;
        const ssize_t got = ::read(m_streams.in, &c, 1);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got <= 0)
            break;
        any = true;
        if (c == '\n')
            break;
        line.append(c);
    }
    if (line.endsWith('\r'))
        line.chop(1);
    Secret secret = Secret::takenFrom(line);
    return any ? std::optional<Secret>(std::move(secret)) : std::nullopt;
}

std::optional<QString> Console::ask(
    const QString& prompt, const QString& option, std::stop_token stop)
{
    if (!canAsk())
        throw Error(ErrorKind::NotInteractive, {{u"question"_s, prompt}, {u"option"_s, option}});
    const Asking asking(*this);
    write(m_streams.err, prompt.toUtf8() + ' ');
    const std::optional<Secret> line = readLine(stop);
    if (!line) {
        say({});
        return std::nullopt;
    }
    return QString::fromUtf8(line->view()).trimmed();
}

std::optional<Secret> Console::askSecret(
    const QString& prompt, const QString& option, std::stop_token stop)
{
    if (!canAsk())
        throw Error(ErrorKind::NotInteractive, {{u"question"_s, prompt}, {u"option"_s, option}});
    const Asking asking(*this);
    termios settings {};
    ::tcgetattr(m_streams.in, &settings);
    {
        const std::scoped_lock lock(m_mutex);
        m_savedInput = settings;
    }
    settings.c_lflag &= tcflag_t(~ECHO);
    settings.c_lflag |= tcflag_t(ECHONL);
    ::tcsetattr(m_streams.in, TCSAFLUSH, &settings);
    write(m_streams.err, prompt.toUtf8() + ' ');
    std::optional<Secret> line = readLine(stop);
    restore();
    if (!line)
        say({});
    return line;
}

Secret Console::readSecret(std::stop_token stop)
{
    std::optional<Secret> line = readLine(stop);
    return line ? std::move(*line) : Secret();
}

void Console::hideCursor()
{
    write(m_streams.out, "\x1b[?25l");
    const std::scoped_lock lock(m_mutex);
    m_cursorHidden = true;
}

void Console::restore()
{
    bool cursor = false;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_savedInput)
            ::tcsetattr(m_streams.in, TCSADRAIN, &*m_savedInput);
        m_savedInput.reset();
        cursor = std::exchange(m_cursorHidden, false);
    }
    if (cursor)
        write(m_streams.out, "\x1b[?25h");
}

namespace paint {

namespace {
QString coloured(const char* code, const QString& text, bool on)
{
    return on && !text.isEmpty() ? u"\x1b[%1m%2\x1b[0m"_s.arg(QLatin1String(code), text) : text;
}
} // namespace

QString bold(const QString& text, bool on)
{
    return coloured("1", text, on);
}
QString faint(const QString& text, bool on)
{
    return coloured("2", text, on);
}
QString red(const QString& text, bool on)
{
    return coloured("31", text, on);
}
QString green(const QString& text, bool on)
{
    return coloured("32", text, on);
}
QString yellow(const QString& text, bool on)
{
    return coloured("33", text, on);
}
QString blue(const QString& text, bool on)
{
    return coloured("34", text, on);
}

} // namespace paint

} // namespace gapless
