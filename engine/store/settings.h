// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>
#include <functional>

namespace gapless {

/// What a person prefers, by name: language, palette, the window's layout, reasons used last. Kept
/// in `settings.json` of the data folder. Nothing a rollout depends on, and never a secret.
class Settings {
public:
    explicit Settings(const QString& dataDir);

    /// As it is now; empty where there is none. A file that cannot be read counts as none: nobody
    /// should be kept from a rollback by a window's layout.
    QJsonObject read() const;
    QJsonValue value(const QString& name, const QJsonValue& otherwise = {}) const;

    /// Changes what is there now, also what another process has just written, in one step. Error
    /// StoreUnusable.
    void update(const std::function<void(QJsonObject&)>& change);
    void setValue(const QString& name, const QJsonValue& value);

private:
    const QString m_file;
};

} // namespace gapless
