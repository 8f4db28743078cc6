// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"
#include "engine/model/secret.h"

#include <QJsonObject>
#include <QString>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <termios.h>

namespace gapless {

/// The terminal or the pipes of the command line. Data goes to standard output, everything said
/// about it to standard error. Any thread; each line goes out whole.
class Console {
public:
    struct Streams {
        int in = 0, out = 1, err = 2;
    };
    struct Mode {
        bool json = false; ///< JSON lines and nothing else on standard output
        bool noInput = false; ///< never ask, even on a terminal
    };
    Console(Streams streams, Mode mode);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    bool json() const { return m_mode.json; }
    /// Somebody is there who can be asked.
    bool canAsk() const;
    /// Standard output is a terminal that can be drawn on, and is not for a machine.
    bool canDraw() const;
    /// NO_COLOR is not set, and the stream is a terminal.
    bool colorOut() const { return m_colorOut; }
    int columns() const;
    int rows() const;

    /// A line on standard output; nothing where it is for a machine.
    void print(const QString& line);
    void print(const QStringList& lines);
    /// One object a line on standard output; nothing where it is for people.
    void object(const QJsonObject& object);
    /// Bytes on standard output as they are.
    void raw(const QByteArray& bytes);
    /// A line on standard error.
    void say(const QString& line);
    /// What failed, what to do, and what the remote side said.
    void complain(const Error& error);

    /// While one lives a person is being asked: whoever draws on the terminal has stopped. Nests.
    class Asking {
    public:
        explicit Asking(Console& console);
        ~Asking();
        Asking(const Asking&) = delete;
        Asking& operator=(const Asking&) = delete;

    private:
        Console& m_console;
    };
    /// What an Asking calls when the first begins and the last ends, on the thread that asks.
    void setAskingHooks(std::function<void()> begins, std::function<void()> ends);

    /// Shows `prompt` on the terminal and reads a line; nothing at the end of input or once `stop`
    /// is requested. Error NotInteractive where nobody can be asked: `option` is what would have
    /// answered beforehand.
    std::optional<QString> ask(const QString& prompt, const QString& option, std::stop_token stop);
    /// The same without echo.
    std::optional<Secret> askSecret(
        const QString& prompt, const QString& option, std::stop_token stop);
    /// The first line of standard input, which is not a terminal; without its end.
    Secret readSecret(std::stop_token stop);
    bool inputIsTerminal() const { return m_inIsTerminal; }

    /// Takes back what was done to the terminal: echo, cursor. Also at a forced end.
    void restore();
    void hideCursor();

private:
    std::optional<Secret> readLine(std::stop_token stop);
    void write(int stream, const QByteArray& bytes);

    Streams m_streams;
    Mode m_mode;
    bool m_inIsTerminal, m_outIsTerminal, m_errIsTerminal, m_dumb, m_colorOut, m_colorErr;
    std::mutex m_mutex;
    std::recursive_mutex m_askMutex; ///< one question at a time
    int m_asking = 0;
    std::function<void()> m_askBegins, m_askEnds;
    std::optional<termios> m_savedInput; ///< while echo is off
    bool m_cursorHidden = false;
};

/// ANSI colours; the text itself where `on` is false.
namespace paint {
QString bold(const QString& text, bool on);
QString faint(const QString& text, bool on);
QString red(const QString& text, bool on);
QString green(const QString& text, bool on);
QString yellow(const QString& text, bool on);
QString blue(const QString& text, bool on);
} // namespace paint

} // namespace gapless
