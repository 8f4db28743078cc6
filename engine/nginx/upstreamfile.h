// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <optional>

namespace gapless {

/// One `server` line of an upstream block. Its values are nginx's: where a parameter is written
/// twice, the last one counts.
struct ServerLine {
    QByteArray address; ///< as written, quotes taken off
    bool down = false, backup = false;
    std::optional<int> weight, maxFails, maxConns; ///< nothing: not written (1, 1, 0)
    QByteArray failTimeout; ///< as written (`10s`); empty: not written
    bool resolve = false;
    qsizetype begin = 0, end = 0; ///< the statement's bytes, from `server` to its `;`
    int line = 0; ///< of the word `server`, from 1
    bool operator==(const ServerLine&) const = default;
};

/// An `upstream` block of one file.
struct Upstream {
    enum class Context {
        Http, ///< inside an `http` block of this file
        Stream, ///< inside a `stream` block of this file
        Bare ///< at the file's top: the including file decides
    };
    QByteArray name; ///< as written
    Context context = Context::Bare;
    QList<ServerLine> servers;
    bool ipHash = false, hash = false, leastConn = false, random = false, zone = false;
    bool sticky = false;
    QByteArray hashKey; ///< `$cookie_x`; empty where there is no `hash`
    bool hashConsistent = false;
    int keepalive = 0; ///< 0: not written
    QList<QByteArray>
        includes; ///< patterns of `include` inside the block: more servers may be there
    qsizetype begin = 0, end = 0; ///< the block's bytes, from `upstream` to its `}`
    int line = 0;
    bool operator==(const Upstream&) const = default;

    /// True where one client always comes to one server: `ip_hash`, `hash`, `sticky`.
    bool hasAffinity() const { return ipHash || hash || sticky; }
    /// Whether a line of the block is that server's.
    bool has(const QByteArray& server) const;
    /// How many servers are neither `down` nor only a `backup`.
    int upCount() const;
};

/// What a server line is to become.
struct ServerState {
    bool up = true;
    std::optional<int> weight; ///< nothing: as it is; 0: the parameter is taken away
    /// Where the line is not there: Refuse (ServerMissing), or write one after the block's last server.
    /// Remove takes it away, if it is there.
    enum class Line { Refuse, Add, Remove } line = Line::Refuse;
    bool operator==(const ServerState&) const = default;
};

// All functions below take a configuration file as bytes, whole or one that another file includes,
// and name `file` in their errors. Each throws ConfigUnreadable {file, line} where nginx itself
// could not read the bytes as a configuration.

/// Every upstream block of the file, in its order.
QList<Upstream> readUpstreams(const QByteArray& bytes, const QString& file = {});

/// The upstream of that name; names compare without case, as nginx compares them. Where an `http`
/// and a `stream` upstream share the name, it is the `http` one (or the bare one), because that is
/// what serves a web site. Errors: UpstreamMissing; UpstreamTwice where one context has it twice.
Upstream findUpstream(const QByteArray& bytes, const QByteArray& name, const QString& file = {});

/// The line of that server; addresses compare with sameServer. Errors: ServerMissing; ServerTwice;
/// ServerIncluded where the block has no such line but includes other files, in which it may be.
const ServerLine& findServer(
    const Upstream& upstream, const QByteArray& server, const QString& file = {});

/// The same bytes but for one server's line, which gets or loses `down` and gets its weight. What
/// is so already stays byte for byte. Errors: those of findUpstream and findServer; FieldWrong
/// {path, expected} for a weight below 0.
QByteArray setServer(const QByteArray& bytes, const QByteArray& upstream, const QByteArray& server,
    const ServerState& state, const QString& file = {});

/// setServer for several servers in one edit. A line that is added stands after the block's last server,
/// indented like it; in a block that has none, UpstreamMissing.
QByteArray setServers(const QByteArray& bytes, const QByteArray& upstream,
    const QMap<QByteArray, ServerState>& states, const QString& file = {});

/// How many servers would be up (not `down`, not a mere `backup`) after setServers: 0 means that
/// every request would be answered 502, which no edit of Gapless may ever bring about.
int upServersAfter(const QByteArray& bytes, const QByteArray& upstream,
    const QMap<QByteArray, ServerState>& states, const QString& file = {});

/// True where nginx takes both addresses for the same server of an upstream: case, a port written
/// or left to its default 80, leading zeros, spellings of an IPv6 address. Names are not resolved:
/// `localhost:80` is not `127.0.0.1:80`.
bool sameServer(const QByteArray& a, const QByteArray& b);

/// The one spelling of an address that sameServer compares.
QByteArray canonicalServer(const QByteArray& address);

} // namespace gapless
