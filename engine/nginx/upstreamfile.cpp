// SPDX-License-Identifier: MIT
#include "engine/nginx/upstreamfile.h"

#include "engine/model/error.h"
#include "engine/nginx/lexer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

using End = ConfigStatement::End;

/// The line on which an offset lies: a statement may reach over several.
int lineAt(const QByteArray& bytes, qsizetype offset)
{
    return 1 + int(QByteArrayView(bytes).first(offset).count('\n'));
}

/// The value of `prefix…` as the number nginx makes of it.
std::optional<int> numberAfter(const QByteArray& word, QByteArrayView prefix)
{
    if (!word.startsWith(prefix))
        return std::nullopt;
    bool ok = false;
    const int value = word.mid(prefix.size()).toInt(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

ServerLine serverFrom(const ConfigStatement& statement, const QByteArray& bytes)
{
    ServerLine server;
    server.begin = statement.words.first().begin;
    server.end = statement.terminator + 1;
    server.line = lineAt(bytes, server.begin);
    server.address = statement.words.value(1).value;
    for (const ConfigWord& word : statement.words.mid(2)) {
        if (word.value == "down")
            server.down = true;
        else if (word.value == "backup")
            server.backup = true;
        else if (word.value == "resolve")
            server.resolve = true;
        else if (const auto weight = numberAfter(word.value, "weight="))
            server.weight = weight;
        else if (const auto maxFails = numberAfter(word.value, "max_fails="))
            server.maxFails = maxFails;
        else if (const auto maxConns = numberAfter(word.value, "max_conns="))
            server.maxConns = maxConns;
        else if (word.value.startsWith("fail_timeout="))
            server.failTimeout = word.value.mid(qsizetype(qstrlen("fail_timeout=")));
    }
    return server;
}

void readDirective(Upstream& upstream, const ConfigStatement& statement, const QByteArray& bytes)
{
    const QByteArray name = statement.words.first().value;
    const QByteArray first = statement.words.value(1).value;
    if (name == "server") {
        upstream.servers += serverFrom(statement, bytes);
    } else if (name == "ip_hash") {
        upstream.ipHash = true;
    } else if (name == "hash") {
        upstream.hash = true;
        upstream.hashKey = first;
        upstream.hashConsistent = statement.words.value(2).value == "consistent";
    } else if (name == "least_conn") {
        upstream.leastConn = true;
    } else if (name == "random") {
        upstream.random = true;
    } else if (name == "zone") {
        upstream.zone = true;
    } else if (name == "sticky") {
        upstream.sticky = true;
    } else if (name == "keepalive") {
        upstream.keepalive = first.toInt();
    } else if (name == "include") {
        upstream.includes += first;
    }
}

QByteArray asNginxComparesNames(const QByteArray& name)
{
    return name.toLower();
}

/// Bytes that take another's place.
struct Replacement {
    qsizetype begin = 0, end = 0;
    QByteArray with;
};

/// Takes a word out with the blanks before it. A line end before it stays: it may be what ends a
/// comment.
Replacement withoutWord(const QByteArray& bytes, const ConfigWord& word)
{
    qsizetype begin = word.begin;
    while (begin > 0 && (bytes[begin - 1] == ' ' || bytes[begin - 1] == '\t'))
        --begin;
    return {begin, word.end, {}};
}

/// What turns one server's line into `state`; nothing where it is so already.
QList<Replacement> editsFor(
    const QByteArray& bytes, const ServerLine& server, const ServerState& state)
{
    const QByteArray line = bytes.mid(server.begin, server.end - server.begin);
    ConfigStatement statement = ConfigLexer(line).next();
    for (ConfigWord& word : statement.words) {
        word.begin += server.begin;
        word.end += server.begin;
    }
    QList<Replacement> edits;
    QByteArray added;
    const QList<ConfigWord> parameters = statement.words.mid(2);
    if (state.weight && *state.weight != server.weight.value_or(*state.weight == 0 ? 0 : 1)) {
        const QByteArray weight = "weight=" + QByteArray::number(*state.weight);
        const auto isWeight = [](const ConfigWord& w) { return w.value.startsWith("weight="); };
        const auto last = std::find_if(parameters.crbegin(), parameters.crend(), isWeight);
        if (*state.weight == 0) {
            for (const ConfigWord& word : parameters)
                if (isWeight(word))
                    edits += withoutWord(bytes, word);
        } else if (last != parameters.crend()) {
            edits += {last->begin, last->end, weight};
        } else {
            added += ' ' + weight;
        }
    }
    if (state.up) {
        for (const ConfigWord& word : parameters)
            if (word.value == "down")
                edits += withoutWord(bytes, word);
    } else if (!server.down) {
        added += " down";
    }
    if (!added.isEmpty())
        edits += {statement.words.last().end, statement.words.last().end, added};
    return edits;
}

/// A line of its own after the last server's, or the same line where the block is written in one.
Replacement additionFor(const QByteArray& bytes, const Upstream& block, const QByteArray& server,
    const ServerState& state, const QString& file)
{
    if (block.servers.isEmpty())
        throw Error(ErrorKind::UpstreamMissing,
            {{u"file"_s, file}, {u"upstream"_s, QString::fromUtf8(block.name)}});
    const ServerLine& last = block.servers.last();
    qsizetype lineBegin = bytes.lastIndexOf('\n', last.begin) + 1;
    QByteArray lead = bytes.mid(lineBegin, last.begin - lineBegin);
    const bool ownLine = lead.trimmed().isEmpty();
    const bool crlf = lineBegin >= 2 && bytes[lineBegin - 2] == '\r';
    QByteArray added = (ownLine ? (crlf ? "\r\n" : "\n") + lead : QByteArray(" ")) + "server " + server;
    if (state.weight.value_or(0) > 0)
        added += " weight=" + QByteArray::number(*state.weight);
    if (!state.up)
        added += " down";
    return {last.end, last.end, added + ';'};
}

/// The whole statement and, where it has a line of its own, that line.
Replacement removalOf(const QByteArray& bytes, const ServerLine& server)
{
    const qsizetype lineBegin = bytes.lastIndexOf('\n', server.begin) + 1;
    qsizetype lineEnd = bytes.indexOf('\n', server.end);
    lineEnd = lineEnd < 0 ? bytes.size() : lineEnd + 1;
    const bool alone = bytes.mid(lineBegin, server.begin - lineBegin).trimmed().isEmpty()
        && bytes.mid(server.end, lineEnd - server.end).trimmed().isEmpty();
    return alone ? Replacement {lineBegin, lineEnd, {}} : Replacement {server.begin, server.end, {}};
}

} // namespace

bool Upstream::has(const QByteArray& server) const
{
    return std::any_of(servers.begin(), servers.end(),
        [&](const ServerLine& one) { return sameServer(one.address, server); });
}

int Upstream::upCount() const
{
    return int(std::count_if(servers.begin(), servers.end(),
        [](const ServerLine& server) { return !server.down && !server.backup; }));
}

QList<Upstream> readUpstreams(const QByteArray& bytes, const QString& file)
{
    ConfigLexer lexer(bytes, file);
    QList<Upstream> found;
    QList<QByteArray> blocks; // the names of the blocks that are open
    bool inUpstream = false;
    for (;;) {
        const ConfigStatement statement = lexer.next();
        if (statement.end == End::File) {
            if (!blocks.isEmpty())
                throw Error(ErrorKind::ConfigUnreadable,
                    {{u"file"_s, file}, {u"line"_s, statement.line}},
                    u"unexpected end of file, expecting \"}\""_s);
            return found;
        }
        if (statement.end == End::BlockEnd) {
            if (blocks.isEmpty())
                throw Error(ErrorKind::ConfigUnreadable,
                    {{u"file"_s, file}, {u"line"_s, statement.line}}, u"unexpected \"}\""_s);
            blocks.removeLast();
            if (inUpstream
                && blocks.size() <= (found.last().context == Upstream::Context::Bare ? 0 : 1)) {
                found.last().end = statement.terminator + 1;
                inUpstream = false;
            }
            continue;
        }
        const QByteArray name = statement.words.first().value;
        if (statement.end == End::Semicolon) {
            const qsizetype depth
                = inUpstream && found.last().context != Upstream::Context::Bare ? 2 : 1;
            if (inUpstream && blocks.size() == depth)
                readDirective(found.last(), statement, bytes);
            continue;
        }
        const bool bare = blocks.isEmpty();
        const bool http = blocks == QList<QByteArray> {"http"};
        const bool stream = blocks == QList<QByteArray> {"stream"};
        if (name == "upstream" && statement.words.size() == 2 && (bare || http || stream)) {
            Upstream upstream;
            upstream.name = statement.words[1].value;
            upstream.context = http ? Upstream::Context::Http
                : stream            ? Upstream::Context::Stream
                                    : Upstream::Context::Bare;
            upstream.begin = statement.words.first().begin;
            upstream.line = lineAt(bytes, upstream.begin);
            found += upstream;
            inUpstream = true;
        }
        blocks += name;
    }
}

Upstream findUpstream(const QByteArray& bytes, const QByteArray& name, const QString& file)
{
    const QByteArray wanted = asNginxComparesNames(name);
    QList<Upstream> web, stream;
    for (const Upstream& upstream : readUpstreams(bytes, file))
        if (asNginxComparesNames(upstream.name) == wanted)
            (upstream.context == Upstream::Context::Stream ? stream : web) += upstream;
    const QList<Upstream>& candidates = web.isEmpty() ? stream : web;
    if (candidates.size() == 1)
        return candidates.first();
    throw Error(candidates.isEmpty() ? ErrorKind::UpstreamMissing : ErrorKind::UpstreamTwice,
        {{u"file"_s, file}, {u"upstream"_s, QString::fromUtf8(name)}});
}

const ServerLine& findServer(
    const Upstream& upstream, const QByteArray& server, const QString& file)
{
    const ServerLine* found = nullptr;
    QJsonObject facts {{u"file"_s, file}, {u"upstream"_s, QString::fromUtf8(upstream.name)},
        {u"server"_s, QString::fromUtf8(server)}};
    for (const ServerLine& line : upstream.servers) {
        if (!sameServer(line.address, server))
            continue;
        if (found)
            throw Error(ErrorKind::ServerTwice, facts);
        found = &line;
    }
    if (found)
        return *found;
    if (upstream.includes.isEmpty())
        throw Error(ErrorKind::ServerMissing, facts);
    facts[u"include"_s] = QString::fromUtf8(upstream.includes.join(' '));
    throw Error(ErrorKind::ServerIncluded, facts);
}

QByteArray setServer(const QByteArray& bytes, const QByteArray& upstream, const QByteArray& server,
    const ServerState& state, const QString& file)
{
    return setServers(bytes, upstream, {{server, state}}, file);
}

QByteArray setServers(const QByteArray& bytes, const QByteArray& upstream,
    const QMap<QByteArray, ServerState>& states, const QString& file)
{
    const Upstream block = findUpstream(bytes, upstream, file);
    QList<Replacement> edits;
    QList<qsizetype> edited; // lines, by where they begin
    for (auto it = states.begin(); it != states.end(); ++it) {
        if (it->weight.value_or(0) < 0)
            throw Error(ErrorKind::FieldWrong,
                {{u"path"_s, u"weight"_s}, {u"expected"_s, u"a whole number"_s}});
        if (it->line != ServerState::Line::Refuse && !block.has(it.key())) {
            if (it->line == ServerState::Line::Add)
                edits += additionFor(bytes, block, it.key(), *it, file);
            continue;
        }
        const ServerLine& server = findServer(block, it.key(), file);
        if (edited.contains(server.begin))
            throw Error(ErrorKind::ServerTwice,
                {{u"file"_s, file}, {u"upstream"_s, QString::fromUtf8(upstream)},
                    {u"server"_s, QString::fromUtf8(it.key())}});
        edited += server.begin;
        if (it->line == ServerState::Line::Remove)
            edits += removalOf(bytes, server);
        else
            edits += editsFor(bytes, server, *it);
    }
    // From the end, so that the offsets of what is still to be edited stay true.
    std::sort(edits.begin(), edits.end(),
        [](const Replacement& a, const Replacement& b) { return a.begin > b.begin; });
    QByteArray result = bytes;
    for (const Replacement& edit : edits)
        result.replace(edit.begin, edit.end - edit.begin, edit.with);
    return result;
}

int upServersAfter(const QByteArray& bytes, const QByteArray& upstream,
    const QMap<QByteArray, ServerState>& states, const QString& file)
{
    return findUpstream(setServers(bytes, upstream, states, file), upstream, file).upCount();
}

} // namespace gapless
