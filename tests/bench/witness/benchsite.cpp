// SPDX-License-Identifier: MIT
#include "benchsite.h"

#include "tests/support/scriptedhub/scriptedhub.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QTcpSocket>
#include <cstdio>
#include <set>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {
namespace {

void answer(QTcpSocket& socket)
{
    const QByteArray request = socket.readAll();
    for (qsizetype at = request.indexOf("\r\n\r\n"); at >= 0;
         at = request.indexOf("\r\n\r\n", at + 4))
        socket.write("HTTP/1.1 200 OK\r\nX-Version: hash_1\r\nContent-Length: 5\r\n\r\nhello");
    if (request.contains("Connection: close"))
        socket.disconnectFromHost();
}

} // namespace

int serveBenchSite()
{
    QTcpServer web;
    web.setListenBacklogSize(512);
    QObject::connect(&web, &QTcpServer::newConnection, &web, [&web] {
        while (QTcpSocket* socket = web.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket] { answer(*socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    web.listen(QHostAddress::LocalHost);

    ScriptedHub hub;
    std::set<ScriptedPeer*> clients;
    hub.onHandshake = [&clients](ScriptedPeer& peer) {
        peer.say("{}");
        clients.insert(&peer);
    };
    hub.onMessage = [&clients](ScriptedPeer& peer, const QByteArray& message) {
        const QJsonObject call = QJsonDocument::fromJson(message).object();
        if (call[u"type"].toInt() != 1)
            return;
        peer.say(
            QJsonDocument(QJsonObject {{u"type"_s, 3}, {u"invocationId"_s, call[u"invocationId"]}})
                .toJson(QJsonDocument::Compact));
        const QByteArray all
            = QJsonDocument(QJsonObject {{u"type"_s, 1}, {u"target"_s, u"ReceiveMessage"_s},
                                {u"arguments"_s, call[u"arguments"]}})
                  .toJson(QJsonDocument::Compact);
        for (ScriptedPeer* each : clients)
            if (each->isOpen())
                each->say(all);
    };

    std::printf("%d %d\n", int(web.serverPort()), int(hub.port()));
    std::fflush(stdout);
    QSocketNotifier parent(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(
        &parent, &QSocketNotifier::activated, &parent, [] { QCoreApplication::quit(); });
    return QCoreApplication::exec();
}

} // namespace gapless
