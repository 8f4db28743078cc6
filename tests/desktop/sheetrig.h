// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/decisionsheet.h"
#include "app/desktop/deploysheet.h"
#include "app/desktop/furniture.h"
#include "app/desktop/questiondesk.h"
#include "app/desktop/releasespane.h"
#include "app/desktop/rollbackdialog.h"
#include "app/desktop/sheet.h"
#include "app/desktop/targetlist.h"
#include "app/desktop/wizardsheet.h"
#include "app/models/commandtext.h"
#include "engine/model/targetjson.h"
#include "tests/desktop/look.h"
#include "tests/support/fakehost/localhost.h"
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTextEdit>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <thread>

using namespace Qt::StringLiterals;
using namespace gapless;

/// A window with a target whose host is this machine with a docker of paper.
namespace {

/// A docker with two slots on hash_1, and hash_2 beside it.
const QByteArray dockerStub = R"sh(
container() { printf '{"Id":"%s","Name":"/%s","Image":"sha256:1111111111112222","Config":{"Image":"chat:hash_1","Labels":{}},"State":{"Status":"running","Running":true}}\n' "$1" "$2"; }
case "$1 $2" in
"ps --all") ;;
"container inspect")
    shift 4
    for name; do
        case $name in
        chat_A) container c1 chat_A ;;
        chat_B) container c2 chat_B ;;
        esac
    done ;;
"image ls") echo sha256:1111111111112222; echo sha256:3333333333334444 ;;
"image inspect")
    shift 4
    for id; do
        case $id in
        sha256:1*) printf '{"Id":"%s","RepoTags":["chat:hash_1"],"Created":"2026-11-01T10:00:00Z","Size":215000000}\n' "$id" ;;
        sha256:3*) printf '{"Id":"%s","RepoTags":["chat:hash_2"],"Created":"2026-11-20T10:00:00Z","Size":216000000}\n' "$id" ;;
        esac
    done ;;
*) echo "unexpected: $*" >&2; exit 9 ;;
esac
)sh";

struct Rig {
    explicit Rig(Protection protection = Protection::Confirm, const QString& name = u"chat"_s)
        : context(folder.path(), std::make_unique<MemoryKeychain>())
    {
        context.theme().install();
        context.theme().choose(Theme::Choice::Light);
        context.useLanguage(u"en"_s);
        hosts = std::make_shared<FakeHosts>();
        auto& web = hosts->add(std::make_unique<LocalHost>(u"web"_s));
        web.stub(u"docker"_s, dockerStub);
        target.name = name;
        target.environment = u"production"_s;
        target.protection = protection;
        target.hosts = {{.name = u"web"_s, .address = u"192.0.2.10"_s, .user = u"deploy"_s}};
        target.gateway = {.host = u"web"_s,
            .upstreamFile = web.home() + u"/up.conf"_s,
            .upstream = u"app"_s,
            .stateDir = web.home() + u"/state"_s};
        target.image.repository = u"chat"_s;
        target.slots = {{u"A"_s, u"web"_s, u"chat_A"_s, u"127.0.0.1:8090"_s, {u"8090:8080"_s}, {}},
            {u"B"_s, u"web"_s, u"chat_B"_s, u"127.0.0.1:8091"_s, {u"8091:8080"_s}, {}}};
        QFile file(target.gateway.upstreamFile);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no upstream file");
        file.write("upstream app {\n  server 127.0.0.1:8090;\n  server 127.0.0.1:8091;\n}\n");
        file.close();
        context.useHosts([this](const Target&) { return hosts; });
        context.targets().save(target);
        window = std::make_unique<MainWindow>(context);
        new Furniture(*window);
        window->resize(1280, 800);
        window->QWidget::show();
        window->showTarget(name);
    }
    /// A run of the journal, from its start to its end.
    QString ran(const QString& kind, const QString& from, const QString& to, const QString& outcome)
    {
        Journal& journal = context.journal();
        const QString run = journal.newRun();
        journal.append(run,
            RunStarted {.target = target.name, .kind = kind, .strategy = u"rolling"_s, .from = from,
                .to = to, .by = u"ada"_s, .machine = u"desk"_s, .reason = u"a reason"_s,
                .version = u"1"_s, .serving = {{u"A"_s, from}, {u"B"_s, from}},
                .slotOrder = {u"A"_s, u"B"_s}});
        journal.append(run, RunFinished {.outcome = outcome, .serving = {{u"A"_s, to}, {u"B"_s, to}}});
        return run;
    }
    Plan plan(const RolloutRequest& request) const
    {
        Plan made {.target = target.name, .kind = u"deploy"_s, .strategy = u"rolling"_s,
            .from = u"hash_1"_s, .to = request.tag};
        made.steps = {{u"create"_s, u"A"_s, {{u"command"_s, u"web"_s, u"docker create chat:hash_2"_s}}},
            {u"down"_s, u"A"_s,
                {{u"diff"_s, u"web"_s, u"-  server 127.0.0.1:8090;\n+  server 127.0.0.1:8090 down;\n"_s}}},
            {u"drain"_s, u"A"_s, {{u"wait"_s, u"web"_s, u"workers"_s}}}};
        made.hash = u"h-"_s + request.tag;
        return made;
    }
    DeploySheet* deploySheet()
    {
        auto* sheet = new DeploySheet(*window, target);
        sheet->usePlanner([this](const RolloutRequest& request, std::stop_token) { return plan(request); });
        window->openSheet(sheet);
        return sheet;
    }

    QTemporaryDir folder;
    DesktopContext context;
    std::shared_ptr<FakeHosts> hosts;
    Target target;
    std::unique_ptr<MainWindow> window;
};

template <typename Widget> Widget* named(const QWidget& in, const QString& accessibleName)
{
    for (auto* one : in.findChildren<Widget*>())
        if (one->accessibleName() == accessibleName)
            return one;
    return nullptr;
}

} // namespace
