// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/sshhost.h"

#include "tests/live/remote/fakes.h"
#include "tests/support/sshserver/sshserver.h"

#include <QTest>

namespace gapless {

inline Command scripted(const QByteArray& script)
{
    Command command;
    command.script = script;
    command.shown = QStringLiteral("test");
    return command;
}

/// The error that `action` throws; nothing where it throws none.
template <typename Action> std::optional<Error> errorOf(Action action)
{
    try {
        action();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

/// Fails the test unless `action` throws that kind, naming the host; leaves the error in `error`.
#define EXPECT_ERROR(error, expectedKind, action)                                                  \
    const std::optional<Error> error = errorOf([&] { action; });                                   \
    QVERIFY2(error, "it did not throw");                                                           \
    QVERIFY2(error->kind == expectedKind, error->what());                                          \
    QCOMPARE(error->host, QStringLiteral("web"))

} // namespace gapless
