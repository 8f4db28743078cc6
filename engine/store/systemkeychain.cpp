// SPDX-License-Identifier: MIT
#include "engine/store/systemkeychain.h"

#include "engine/model/error.h"

#include <QLibrary>
#include <condition_variable>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr auto service = "Gapless";

/// Overwrites bytes that QtKeychain's job holds too, which is why they must not be detached from it
/// first.
void wipeShared(const QByteArray& bytes)
{
    explicit_bzero(const_cast<char*>(bytes.constData()), size_t(bytes.size()));
}

QString backendHere()
{
    // What QtKeychain itself loads.
    QLibrary libsecret(u"secret-1"_s, 0);
    return likelyKeychainBackend(qEnvironmentVariable("XDG_CURRENT_DESKTOP"),
        qEnvironmentVariable("DESKTOP_SESSION"), qEnvironmentVariable("KDE_SESSION_VERSION"),
        libsecret.load());
}

} // namespace

QString likelyKeychainBackend(const QString& currentDesktop, const QString& desktopSession,
    const QString& kdeSessionVersion, bool libsecretLoads)
{
    const bool known = QStringList {u"GNOME"_s, u"Unity"_s, u"XFCE"_s}.contains(currentDesktop);
    const bool kde = currentDesktop == u"KDE" || (!known && desktopSession.startsWith(u"kde"));
    // With KDE 5 the Secret Service is the second choice, taken only where no wallet answers.
    if (kde && (kdeSessionVersion == u"5" || kdeSessionVersion == u"4"))
        return u"kwallet"_s;
    return libsecretLoads ? u"secretService"_s : u"gnomeKeyring"_s;
}

/// One job, shared by the thread that waits for it and the thread that runs it: either may be done
/// with it first.
struct SystemKeychain::Call {
    std::function<QKeychain::Job*()> makeJob; ///< on the keychain's thread
    std::function<void(QKeychain::Job*)> takeResult; ///< likewise, under the mutex
    std::function<void()> cleanUp; ///< whatever became of it

    std::mutex mutex;
    std::condition_variable_any changed;
    bool done = false;
    bool abandoned = false;
    QKeychain::Error error = QKeychain::NoError;
    QString text;
};

SystemKeychain::SystemKeychain(std::chrono::milliseconds timeout)
    : m_timeout(timeout)
    , m_backend(backendHere())
    , m_onThread(std::make_unique<QObject>())
{
    m_thread.setObjectName(u"keychain"_s);
    m_onThread->moveToThread(&m_thread);
    m_thread.start();
}

SystemKeychain::~SystemKeychain()
{
    m_thread.quit();
    m_thread.wait();
}

void SystemKeychain::run(std::shared_ptr<Call> call, std::stop_token stop)
{
    QMetaObject::invokeMethod(m_onThread.get(), [call] {
        QKeychain::Job* job = call->makeJob();
        job->setInsecureFallback(false);
        // The job deletes itself once it is finished and not before, even when nobody waits for it
        // any more: the library's answer may still be under way to it.
        QObject::connect(job, &QKeychain::Job::finished, [call](QKeychain::Job* finished) {
            const std::lock_guard lock(call->mutex);
            call->error = finished->error();
            call->text = finished->errorString();
            if (call->takeResult)
                call->takeResult(finished);
            if (call->cleanUp)
                call->cleanUp();
            call->done = true;
            call->changed.notify_all();
        });
        job->start();
    });

    std::unique_lock lock(call->mutex);
    const bool done = call->changed.wait_for(lock, stop, m_timeout, [&] { return call->done; });
    call->abandoned = !done;
    if (!done && stop.stop_requested())
        throw Cancelled();
    const auto unavailable = [&](const QString& why) {
        return Error(ErrorKind::KeychainUnavailable, {{u"backend"_s, m_backend}, {u"why"_s, why}},
            call->text);
    };
    if (!done)
        throw unavailable(u"timeout"_s);
    switch (call->error) {
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
        return;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        throw unavailable(u"denied"_s);
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError: // also what a missing backend is reported as
        throw unavailable(u"none"_s);
    }
}

std::optional<Secret> SystemKeychain::read(const QString& name, std::stop_token stop)
{
    const auto result = std::make_shared<Secret>();
    const auto call = std::make_shared<Call>();
    call->makeJob = [name] {
        auto* job = new QKeychain::ReadPasswordJob(QLatin1StringView(service));
        job->setKey(name);
        return job;
    };
    call->takeResult = [result, call = std::weak_ptr(call)](QKeychain::Job* job) {
        const QByteArray bytes = static_cast<QKeychain::ReadPasswordJob*>(job)->binaryData();
        if (!call.lock()->abandoned)
            *result = Secret(bytes);
        wipeShared(bytes);
    };
    run(call, stop);
    if (call->error == QKeychain::EntryNotFound)
        return std::nullopt;
    return std::move(*result);
}

void SystemKeychain::write(const QString& name, const Secret& secret, std::stop_token stop)
{
    const auto bytes = std::make_shared<QByteArray>(secret.view().toByteArray());
    const auto call = std::make_shared<Call>();
    call->makeJob = [name, bytes] {
        auto* job = new QKeychain::WritePasswordJob(QLatin1StringView(service));
        job->setKey(name);
        job->setBinaryData(*bytes);
        return job;
    };
    call->cleanUp = [bytes] { wipeShared(*bytes); };
    run(call, stop);
}

void SystemKeychain::remove(const QString& name, std::stop_token stop)
{
    const auto call = std::make_shared<Call>();
    call->makeJob = [name] {
        auto* job = new QKeychain::DeletePasswordJob(QLatin1StringView(service));
        job->setKey(name);
        return job;
    };
    run(call, stop);
}

bool SystemKeychain::usable(std::stop_token stop)
{
    try {
        read(u"gapless:probe"_s, stop);
        return true;
    } catch (const Error&) {
        return false;
    }
}

} // namespace gapless
