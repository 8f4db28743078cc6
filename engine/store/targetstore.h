// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"
#include "engine/model/target.h"

#include <QLockFile>
#include <functional>
#include <optional>

namespace gapless {

/// A file of the store, as it is found.
struct SavedTarget {
    QString file;
    QString name; ///< empty where the file cannot be read
    std::optional<Target> target;
    std::optional<Error> error; ///< why it cannot be read
};

/// The saved targets: one JSON file each in `targets` of the data folder, as `target export` prints
/// it. Names are compared in normal form C, letter by letter. Several processes may use it at once;
/// any thread, one at a time. Errors of what writes: StoreUnusable.
class TargetStore {
public:
    explicit TargetStore(const QString& dataDir);

    /// By name; files that cannot be read come last.
    QList<SavedTarget> list() const;
    QStringList names() const;
    /// Error TargetUnknown, or what targetFromJson says of its file.
    Target load(const QString& name) const;

    /// Adds it, or replaces the one of that name.
    void save(const Target& target);
    /// Adds it; false, and nothing is written, where the name is taken.
    bool add(const Target& target);
    /// Replaces the one named `name`, which may thereby get another name. False where that one is
    /// taken. Error TargetUnknown.
    bool replace(const QString& name, const Target& target);
    /// Error TargetUnknown.
    void remove(const QString& name);

private:
    std::optional<SavedTarget> find(const QString& name) const;
    QString newFileFor(const QString& name) const;
    void locked(const std::function<void()>& act) const;

    const QString m_folder;
};

} // namespace gapless
