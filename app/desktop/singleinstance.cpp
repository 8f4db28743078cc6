// SPDX-License-Identifier: MIT
#include "app/desktop/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int waitMs = 2000;
constexpr qint64 mostBytes = 64 * 1024;

QString socketName(const QString& folder)
{
    const QByteArray key = QDir(folder).absolutePath().toUtf8();
    return u"gapless-%1-%2"_s.arg(::getuid()).arg(QString::fromLatin1(
        QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().left(12)));
}

} // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent)
    , m_name(socketName(folder))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption); // nobody else's words
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::answer);
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::handOver(const QStringList& words)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(waitMs))
        return false;
    socket.write(QJsonDocument(QJsonArray::fromStringList(words)).toJson(QJsonDocument::Compact) + '\n');
    // A program that hangs takes no words; then this one goes on by itself.
    return socket.waitForBytesWritten(waitMs) && socket.waitForReadyRead(waitMs)
        && socket.readAll().startsWith("ok");
}

bool SingleInstance::listen()
{
    // Qt moves its socket over whatever has the name, also over that of one that is well.
    QLocalSocket probe;
    probe.connectToServer(m_name);
    if (probe.waitForConnected(waitMs))
        return false;
    QLocalServer::removeServer(m_name); // a crash leaves one behind
    return m_server.listen(m_name);
}

void SingleInstance::answer()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > mostBytes)
                    socket->abort();
                return;
            }
            const QJsonDocument words = QJsonDocument::fromJson(socket->readLine());
            if (!words.isArray())
                return;
            QStringList texts;
            for (const QJsonValue& word : words.array())
                texts.append(word.toString());
            socket->write("ok\n");
            socket->flush();
            Q_EMIT called(texts);
        });
    }
}

} // namespace gapless
