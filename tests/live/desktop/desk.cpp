// SPDX-License-Identifier: MIT
#include "tests/live/desktop/desk.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace gapless {

Desk::Desk()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    environment.insert(u"GAPLESS_WATCHDOG"_s, watchdogFile());
    for (const char* name : {"LC_ALL", "LANGUAGE", "GAPLESS_DATA_DIR", "GAPLESS_DEMO_STACK"})
        environment.remove(QLatin1StringView(name));
    m_program.setProcessEnvironment(environment);
    m_program.setProcessChannelMode(QProcess::ForwardedChannels);
}

Desk::~Desk()
{
    if (isRunning())
        m_program.kill();
    m_program.waitForFinished();
}

bool Desk::start(const QStringList& words)
{
    m_program.start(QStringLiteral(GAPLESS_WATCHED), QStringList {u"--data-dir"_s, dataFolder()} + words);
    return until([this] { return !reader.windows(u"gapless"_s).isEmpty(); });
}

int Desk::quit()
{
    key('q', true);
    m_program.waitForFinished();
    return m_program.exitStatus() == QProcess::NormalExit ? m_program.exitCode() : -1;
}

bool Desk::until(const std::function<bool()>& condition, int forMs)
{
    return QTest::qWaitFor(condition, forMs);
}

Thing Desk::look(const Thing::Wanted& wanted, bool deep)
{
    // A dialog is a window of its own, in front of the one that opened it.
    const QList<Thing> windows = reader.windows(u"gapless"_s);
    for (qsizetype i = windows.size(); i-- > 0;)
        if (windows[i].is(Thing::Showing))
            if (const Thing found = windows[i].find(wanted, deep))
                return found;
    return {};
}

Thing Desk::wait(const Thing::Wanted& wanted, const QString& what, bool deep)
{
    Thing found;
    if (until([&] { return bool(found = look(wanted, deep)); }))
        return found;
    qWarning("there is no “%s”; what shows:", qPrintable(what));
    for (const Thing& window : reader.windows(u"gapless"_s))
        qWarning().noquote() << window.tree();
    return {};
}

Thing Desk::the(const QString& name, int role)
{
    return wait(
        [&](const Thing& thing) { return thing.name().remove(u'&') == name && (role < 0 || thing.role() == role); }, name);
}

Thing Desk::beginning(const QString& name, int role)
{
    return wait(
        [&](const Thing& thing) {
            return thing.name().remove(u'&').startsWith(name) && (role < 0 || thing.role() == role);
        },
        name);
}

bool Desk::pressed(const Thing::Wanted& wanted, const QString& what)
{
    const Thing button = wait(
        [&](const Thing& thing) {
            const int role = thing.role();
            const bool presses = role == Thing::PushButton || role == Thing::ToggleButton || role == Thing::CheckBox
                || role == Thing::PageTab || role == Thing::MenuItem;
            return presses && wanted(thing) && thing.is(Thing::Enabled);
        },
        what);
    return button && button.press();
}

bool Desk::press(const QString& name)
{
    return pressed([&](const Thing& thing) { return thing.name().remove(u'&') == name; }, name);
}

bool Desk::pressBeginning(const QString& name)
{
    return pressed([&](const Thing& thing) { return thing.name().remove(u'&').startsWith(name); }, name);
}

bool Desk::type(const QString& name, const QString& text)
{
    const Thing field = wait(
        [&](const Thing& thing) {
            const int role = thing.role();
            return (role == Thing::Text || role == Thing::Entry) && thing.name().remove(u'&') == name;
        },
        name);
    return field && field.type(text);
}

bool Desk::choose(const QString& table, const QString& cell)
{
    const Thing whole = wait(
        [&](const Thing& one) {
            const int role = one.role();
            return (role == Thing::Table || role == Thing::Tree || role == Thing::List) && one.name() == table;
        },
        table);
    if (!whole)
        return false;
    const auto row = [&] {
        return whole.find([&](const Thing& one) { return one.name().contains(cell); }, true);
    };
    if (!until([&] { return bool(whole.find([](const Thing& one) { return one.role() == Thing::TableCell; }, true)); }))
        return false;
    Thing found = row();
    for (int pages = 0; !found && pages < 20; ++pages) {
        whole.focus();
        reader.key(pages == 0 ? keyHome : keyPageDown, pages == 0);
        until([&] { return bool(found = row()); }, 2000);
    }
    if (found)
        reader.click(found.rect().center());
    return bool(found);
}

bool Desk::pressOne(const QStringList& beginnings)
{
    return pressed(
        [&](const Thing& thing) {
            const QString name = thing.name();
            return std::any_of(beginnings.begin(), beginnings.end(),
                [&](const QString& one) { return name.startsWith(one); });
        },
        beginnings.join(u" or "_s));
}

void Desk::key(uint keysym, bool control)
{
    // Without a window manager a click is what makes a window the active one; the band takes none.
    reader.click({900, 12});
    reader.key(keysym, control);
}

bool Desk::hasGone(const QString& name)
{
    return until([&] { return !look([&](const Thing& thing) { return thing.name().remove(u'&') == name; }, false); });
}

Watched watchedBetween(const QString& file, qint64 fromMs, qint64 toMs)
{
    Watched watched;
    QFile lines(file);
    if (!lines.open(QIODevice::ReadOnly))
        return watched;
    while (!lines.atEnd()) {
        const QList<QByteArray> words = lines.readLine().trimmed().split(' ');
        if (words[0] == "beats") {
            const qint64 at = words.value(1).toLongLong();
            watched.beats += at >= fromMs && at <= toMs ? words.value(2).toInt() : 0;
        } else if (const qint64 at = words[0].toLongLong(); words.size() == 4 && at >= fromMs && at <= toMs) {
            watched.longestMs = std::max(watched.longestMs, words[1].toDouble());
            watched.withoutQueueMs = std::max(watched.withoutQueueMs, words[2].toDouble());
            watched.processorMs = std::max(watched.processorMs, words[3].toDouble());
        }
    }
    return watched;
}

} // namespace gapless
