// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QList>
#include <QRect>
#include <QString>
#include <functional>
#include <optional>

namespace gapless {

/// A thing on the screen as a screen reader knows it (AT-SPI). A value; the thing may be gone by the time it is asked,
/// and then has no name, no children and no states.
class Thing {
public:
    Thing() = default;
    Thing(QString service, QDBusObjectPath path);

    /// Roles of AT-SPI that are asked for here.
    enum Role { CheckBox = 7, ComboBox = 11, Dialog = 16, Frame = 23, Label = 29, List = 31, ListItem = 32, MenuItem = 35,
        PageTab = 37, PushButton = 43, Table = 55, TableCell = 56, Text = 61, ToggleButton = 62, Tree = 65, Entry = 79 };
    enum State { Enabled = 8, Showing = 25, Checked = 4, Selected = 23 };

    explicit operator bool() const { return !m_service.isEmpty(); }
    QString name() const;
    QString text() const; ///< of what can be typed into
    int role() const;
    bool is(State state) const;
    int count() const; ///< of children
    QList<Thing> children() const;
    /// What it is labelled by: a list that unfolds has what is chosen in it as its name.
    QList<Thing> labels() const;
    /// On the screen.
    QRect rect() const;

    bool press() const; ///< what Enter or a click does
    bool type(const QString& text) const; ///< in place of what is there
    void focus() const;

    using Wanted = std::function<bool(const Thing&)>;
    /// The first below it that is wanted and shows; rows of tables and lists are looked at where `deep`.
    Thing find(const Wanted& wanted, bool deep = false) const;
    Thing named(const QString& name, int role = -1) const;
    /// What a person would see written here: names, each on a line. For a test that fails.
    QString tree(int depth = 0) const;

private:
    QVariant property(const QString& interface, const QString& name) const;
    QVariant call(const QString& interface, const QString& method, const QVariantList& words = {}) const;
    QString m_service;
    QDBusObjectPath m_path;
};

/// The reader's side of the desktop: programs, keys, the mouse.
class Reader {
public:
    /// Once there is a session bus (Screen).
    Reader();
    const QString& error() const { return m_error; }
    /// The newest top-level windows last; empty while the program is not there.
    QList<Thing> windows(const QString& program) const;
    /// One key as X names it (0xff1b: Escape), with Ctrl where asked.
    void key(uint keysym, bool control = false) const;
    void click(QPoint at, bool twice = false) const;
    void moveTo(QPoint at) const;

private:
    void generate(const QString& method, const QVariantList& words) const;
    QString m_error;
};

} // namespace gapless
