// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <optional>

namespace gapless {

/// A TCP or UDP port that docker's `-p` makes the host listen on.
struct Publication {
    QString ip; ///< empty: every address
    int hostPort = 0;
    int containerPort = 0;
    QString protocol = QStringLiteral("tcp");
    bool operator==(const Publication&) const = default;
};

/// What a `-p` value asks for, a range as many; ports that docker is to choose (`8080` alone) are
/// none. Nothing where it is no such value.
std::optional<QList<Publication>> readPublish(const QString& value);

/// The published ports in a line of `docker ps` (`0.0.0.0:8090->8080/tcp, :::8090->8080/tcp`).
QList<Publication> publicationsFromPs(const QString& ports);

/// Whether one address cannot listen while the other does.
bool addressesCollide(const QString& a, const QString& b);

} // namespace gapless
