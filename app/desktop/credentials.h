// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QList>
#include <QString>

namespace gapless {

/// A secret that a target's hosts, containers or witness may ask for.
struct NeededSecret {
    enum class Kind { Password, Passphrase, Sudo, Variable, Token };
    Kind kind = Kind::Password;
    QString name; ///< of its entry in the keychain
    QString of; ///< the login, key file, variable or entry that it belongs to
    bool operator==(const NeededSecret&) const = default;
};

/// All of them, each once, in the order of the file. A passphrase is there for each key file that
/// is named, whether or not it has one.
QList<NeededSecret> secretsOf(const Target& target);

} // namespace gapless
