// SPDX-License-Identifier: MIT
#include "tests/live/desktop/reader.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusReply>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

const auto accessible = u"org.a11y.atspi.Accessible"_s;
const auto registry = u"org.a11y.atspi.Registry"_s;

QDBusConnection bus()
{
    return QDBusConnection(u"a11y"_s);
}

/// (so), what AT-SPI means a thing by.
QList<Thing> thingsOf(const QDBusArgument& list)
{
    QList<Thing> found;
    if (list.currentType() != QDBusArgument::ArrayType)
        return found;
    list.beginArray();
    while (!list.atEnd()) {
        QString service;
        QDBusObjectPath path;
        list.beginStructure();
        list >> service >> path;
        list.endStructure();
        found.append(Thing(service, path));
    }
    list.endArray();
    return found;
}

} // namespace

Thing::Thing(QString service, QDBusObjectPath path)
    : m_service(std::move(service))
    , m_path(std::move(path))
{
}

QVariant Thing::call(const QString& interface, const QString& method, const QVariantList& words) const
{
    if (!*this)
        return {};
    QDBusMessage message = QDBusMessage::createMethodCall(m_service, m_path.path(), interface, method);
    message.setArguments(words);
    const QDBusMessage answer = bus().call(message, QDBus::Block, 10'000);
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments().value(0) : QVariant();
}

QVariant Thing::property(const QString& interface, const QString& name) const
{
    return call(u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {interface, name}).value<QDBusVariant>().variant();
}

QString Thing::name() const
{
    return property(accessible, u"Name"_s).toString();
}

QString Thing::text() const
{
    return call(u"org.a11y.atspi.Text"_s, u"GetText"_s, {0, -1}).toString();
}

int Thing::role() const
{
    return call(accessible, u"GetRole"_s).toInt();
}

bool Thing::is(State state) const
{
    const auto words = call(accessible, u"GetState"_s).value<QDBusArgument>();
    QList<uint> bits;
    if (words.currentType() == QDBusArgument::ArrayType)
        words >> bits;
    return bits.value(state / 32) >> (state % 32) & 1;
}

int Thing::count() const
{
    return property(accessible, u"ChildCount"_s).toInt();
}

QList<Thing> Thing::children() const
{
    return thingsOf(call(accessible, u"GetChildren"_s).value<QDBusArgument>());
}

QList<Thing> Thing::labels() const
{
    constexpr uint labelledBy = 2; // ATSPI_RELATION_LABELLED_BY
    QList<Thing> found;
    const auto relations = call(accessible, u"GetRelationSet"_s).value<QDBusArgument>();
    if (relations.currentType() != QDBusArgument::ArrayType)
        return found;
    relations.beginArray();
    while (!relations.atEnd()) {
        uint kind = 0;
        relations.beginStructure();
        relations >> kind;
        const QList<Thing> things = thingsOf(relations);
        relations.endStructure();
        if (kind == labelledBy)
            found += things;
    }
    relations.endArray();
    return found;
}

QRect Thing::rect() const
{
    const auto place = call(u"org.a11y.atspi.Component"_s, u"GetExtents"_s, {0u}).value<QDBusArgument>();
    int x = 0, y = 0, width = 0, height = 0;
    if (place.currentType() == QDBusArgument::StructureType) {
        place.beginStructure();
        place >> x >> y >> width >> height;
        place.endStructure();
    }
    return {x, y, width, height};
}

bool Thing::press() const
{
    return call(u"org.a11y.atspi.Action"_s, u"DoAction"_s, {0}).toBool();
}

bool Thing::type(const QString& text) const
{
    return call(u"org.a11y.atspi.EditableText"_s, u"SetTextContents"_s, {text}).toBool();
}

void Thing::focus() const
{
    call(u"org.a11y.atspi.Component"_s, u"GrabFocus"_s);
}

Thing Thing::find(const Wanted& wanted, bool deep) const
{
    const int what = role();
    if (!deep && (what == Table || what == Tree || what == List || what == ComboBox))
        return {};
    for (const Thing& child : children()) {
        if (!child.is(Showing))
            continue;
        if (wanted(child))
            return child;
        if (const Thing found = child.find(wanted, deep))
            return found;
    }
    return {};
}

Thing Thing::named(const QString& wanted, int role) const
{
    return find([&](const Thing& thing) {
        return thing.name().remove(u'&') == wanted && (role < 0 || thing.role() == role);
    });
}

QString Thing::tree(int depth) const
{
    if (!is(Showing) && depth > 0)
        return {};
    QString text = QString(depth * 2, u' ') + u"%1 \"%2\"\n"_s.arg(role()).arg(name());
    if (role() == Table || role() == Tree || role() == List || depth > 30)
        return text;
    for (const Thing& child : children())
        text += child.tree(depth + 1);
    return text;
}

Reader::Reader()
{
    const QDBusConnection session = QDBusConnection::connectToBus(
        QString::fromLocal8Bit(qgetenv("DBUS_SESSION_BUS_ADDRESS")), u"session of the test"_s);
    const QDBusReply<QString> address = session.call(QDBusMessage::createMethodCall(
        u"org.a11y.Bus"_s, u"/org/a11y/bus"_s, u"org.a11y.Bus"_s, u"GetAddress"_s));
    if (!address.isValid()) {
        m_error = address.error().message();
        return;
    }
    if (!QDBusConnection::connectToBus(address.value(), u"a11y"_s).isConnected())
        m_error = bus().lastError().message();
}

QList<Thing> Reader::windows(const QString& program) const
{
    const Thing root(registry, QDBusObjectPath(u"/org/a11y/atspi/accessible/root"_s));
    for (const Thing& one : root.children())
        if (one.name() == program)
            return one.children();
    return {};
}

void Reader::generate(const QString& method, const QVariantList& words) const
{
    QDBusMessage message = QDBusMessage::createMethodCall(registry, u"/org/a11y/atspi/registry/deviceeventcontroller"_s,
        u"org.a11y.atspi.DeviceEventController"_s, method);
    message.setArguments(words);
    const QDBusMessage answer = bus().call(message, QDBus::Block, 10'000);
    if (answer.type() == QDBusMessage::ErrorMessage)
        qWarning("%s: %s", qPrintable(method), qPrintable(answer.errorMessage()));
}

void Reader::key(uint keysym, bool control) const
{
    // 3: a symbol, pressed and released; 0 and 1: a key by its code, down and up (37: Ctrl, as Xvfb has it).
    if (control)
        generate(u"GenerateKeyboardEvent"_s, {37, QString(), 0u});
    generate(u"GenerateKeyboardEvent"_s, {int(keysym), QString(), 3u});
    if (control)
        generate(u"GenerateKeyboardEvent"_s, {37, QString(), 1u});
}

void Reader::click(QPoint at, bool twice) const
{
    generate(u"GenerateMouseEvent"_s, {at.x(), at.y(), twice ? u"b1d"_s : u"b1c"_s});
}

void Reader::moveTo(QPoint at) const
{
    generate(u"GenerateMouseEvent"_s, {at.x(), at.y(), u"abs"_s});
}

} // namespace gapless
