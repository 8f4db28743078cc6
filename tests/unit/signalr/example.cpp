// SPDX-License-Identifier: MIT
// README's example of the client library, compiled against nothing else of Gapless;
// tst_signalrexample compares the two and runs it.
#include "engine/signalr/hubconnection.h"

#include <QCoreApplication>

using namespace gapless::signalr;
using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    // README begins
    HubOptions options;
    options.http.url = QUrl(app.arguments().at(1)); // http://192.0.2.10/chat
    options.reconnect = std::make_shared<DelayListPolicy>(); // after 0, 2, 10 and 30 s
    HubConnection hub(options);
    hub.on(
        u"ReceiveMessage"_s, [](const Json& arguments) { qInfo("%s", arguments.dump().c_str()); });
    QObject::connect(&hub, &HubConnection::closed, [](const Failure& why) { qInfo() << why.text; });
    hub.start([&hub](const Failure& failure) {
        if (!failure.isError())
            hub.invoke(u"SendMessage"_s, {"me", "hello"});
    });
    return app.exec();
    // README ends
}
