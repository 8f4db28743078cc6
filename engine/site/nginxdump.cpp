// SPDX-License-Identifier: MIT
#include "engine/site/nginxdump.h"

#include "engine/nginx/lexer.h"

#include <QRegularExpression>

#include <fnmatch.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int deepestInclude = 32;

/// Puts the dumped files together again as nginx read them.
class TreeReader {
public:
    explicit TreeReader(const NginxDump& dump)
        : m_dump(dump)
        , m_prefix(dump.mainFile.left(dump.mainFile.lastIndexOf(u'/') + 1))
    {
    }

    void readInto(Directive& parent, const QString& file, int depth)
    {
        const QByteArray& bytes = *m_dump.files.constFind(file);
        ConfigLexer lexer(bytes, file);
        readBlock(parent, lexer, file, depth);
    }

private:
    void readBlock(Directive& parent, ConfigLexer& lexer, const QString& file, int depth)
    {
        for (;;) {
            const ConfigStatement statement = lexer.next();
            if (statement.end == ConfigStatement::End::BlockEnd
                || statement.end == ConfigStatement::End::File)
                return;
            Directive directive {
                statement.words.value(0).value, {}, file, statement.line, false, {}};
            for (qsizetype i = 1; i < statement.words.size(); ++i)
                directive.arguments << statement.words[i].value;
            if (statement.end == ConfigStatement::End::BlockStart) {
                directive.isBlock = true;
                readBlock(directive, lexer, file, depth);
            } else if (directive.name == "include" && depth < deepestInclude) {
                include(parent, directive.arguments.value(0), depth);
            }
            parent.block << directive;
        }
    }

    void include(Directive& parent, const QByteArray& pattern, int depth)
    {
        const QByteArray full = pattern.startsWith('/') ? pattern : m_prefix.toUtf8() + pattern;
        for (auto file = m_dump.files.begin(); file != m_dump.files.end(); ++file)
            if (::fnmatch(
                    full.constData(), file.key().toUtf8().constData(), FNM_PATHNAME | FNM_PERIOD)
                == 0)
                readInto(parent, file.key(), depth + 1);
    }

    const NginxDump& m_dump;
    const QString m_prefix;
};

/// What a block hands down to the blocks in it.
struct Inherited {
    QByteArray httpVersion, nextUpstream;
    QMap<QByteArray, QByteArray> headers;
};

Inherited inheritedIn(const Directive& block, Inherited outer)
{
    if (const Directive* version = block.last("proxy_http_version"))
        outer.httpVersion = version->arguments.value(0);
    if (const Directive* next = block.last("proxy_next_upstream"))
        outer.nextUpstream = next->arguments.join(' ');
    QMap<QByteArray, QByteArray> own;
    for (const Directive& directive : block.block)
        if (directive.name == "proxy_set_header")
            own[directive.arguments.value(0).toLower()] = directive.arguments.value(1);
    // nginx's rule: one proxy_set_header of its own, and a level inherits none.
    if (!own.isEmpty())
        outer.headers = own;
    return outer;
}

bool leadsTo(const QByteArray& proxyPass, const QByteArray& upstream)
{
    const QByteArray lower = proxyPass.toLower();
    for (const QByteArray& scheme : {QByteArray("http://"), QByteArray("https://")}) {
        if (!lower.startsWith(scheme))
            continue;
        QByteArray rest = lower.mid(scheme.size());
        const qsizetype slash = rest.indexOf('/');
        return (slash < 0 ? rest : rest.left(slash)) == upstream.toLower();
    }
    return false;
}

ProxyLocation locationOf(
    const Directive& location, const Inherited& inherited, const QByteArray& proxyPass)
{
    return {location.arguments.join(' '), location.file, location.line, proxyPass,
        inherited.httpVersion, inherited.headers, inherited.nextUpstream};
}

void collect(const Directive& block, const Inherited& outer, const QByteArray& upstream,
    QList<ProxyLocation>& found)
{
    const Inherited inherited = inheritedIn(block, outer);
    if (const Directive* pass = block.last("proxy_pass"))
        if (leadsTo(pass->arguments.value(0), upstream))
            found << locationOf(block, inherited, pass->arguments.value(0));
    for (const Directive& directive : block.block)
        if (directive.isBlock)
            collect(directive, inherited, upstream, found);
}

/// A location's modifier and pattern, as nginx splits them.
struct Matcher {
    QByteArray modifier, pattern;
};

Matcher matcherOf(const Directive& location)
{
    if (location.arguments.size() > 1)
        return {location.arguments[0], location.arguments[1]};
    const QByteArray only = location.arguments.value(0);
    for (const char* modifier : {"^~", "~*", "~", "="})
        if (only.startsWith(modifier))
            return {modifier, only.mid(qstrlen(modifier))};
    return {{}, only};
}

bool matchesRegex(const Matcher& matcher, const QByteArray& path)
{
    const QRegularExpression regex(QString::fromUtf8(matcher.pattern),
        matcher.modifier == "~*" ? QRegularExpression::CaseInsensitiveOption
                                 : QRegularExpression::NoPatternOption);
    return regex.isValid() && regex.match(QString::fromUtf8(path)).hasMatch();
}

/// The location of this level that nginx chooses for the path: an exact one, else the first regular
/// expression that matches unless the longest prefix says `^~`, else that prefix.
const Directive* chooseLocation(const Directive& level, const QByteArray& path)
{
    const Directive* prefix = nullptr;
    const Directive* regex = nullptr;
    Matcher longest;
    for (const Directive& location : level.block) {
        if (location.name != "location")
            continue;
        const Matcher matcher = matcherOf(location);
        if (matcher.modifier == "=" && matcher.pattern == path)
            return &location;
        if (matcher.modifier.startsWith('~')) {
            if (!regex && matchesRegex(matcher, path))
                regex = &location;
        } else if (matcher.modifier != "=" && path.startsWith(matcher.pattern)
            && (!prefix || matcher.pattern.size() > longest.pattern.size())) {
            prefix = &location;
            longest = matcher;
        }
    }
    return regex && longest.modifier != "^~" ? regex : prefix;
}

void findServers(const Directive& block, const Inherited& outer, const QByteArray& upstream,
    const QByteArray& path, QList<ProxyLocation>& found)
{
    Inherited inherited = inheritedIn(block, outer);
    for (const Directive& directive : block.block)
        if (directive.isBlock && directive.name != "location")
            findServers(directive, inherited, upstream, path, found);
    if (block.name != "server")
        return;
    const Directive* at = &block;
    while (const Directive* location = chooseLocation(*at, path)) {
        inherited = inheritedIn(*location, inherited);
        at = location;
    }
    const Directive* pass = at->last("proxy_pass");
    if (pass && leadsTo(pass->arguments.value(0), upstream))
        found << locationOf(*at, inherited, pass->arguments.value(0));
}

/// The first `server` block that leads to the upstream.
const Directive* serverFor(const Directive& block, const QByteArray& upstream)
{
    for (const Directive& directive : block.block) {
        if (!directive.isBlock)
            continue;
        if (directive.name == "server") {
            QList<ProxyLocation> found;
            collect(directive, {}, upstream, found);
            if (!found.isEmpty())
                return &directive;
        }
        if (const Directive* server = serverFor(directive, upstream))
            return server;
    }
    return nullptr;
}

/// An address of this host that a `listen` covers; empty for a unix socket.
QString listenedAddress(const QByteArray& listen)
{
    QString text = QString::fromUtf8(listen);
    if (text.startsWith("unix:"_L1))
        return {};
    bool isPort = false;
    text.toUShort(&isPort);
    if (isPort)
        return u"127.0.0.1:"_s + text;
    if (!text.contains(QRegularExpression(u":\\d+$"_s)))
        text += u":80"_s;
    const QString port = text.mid(text.lastIndexOf(u':') + 1);
    for (const QString& everywhere : {u"*:"_s, u"0.0.0.0:"_s, u"localhost:"_s})
        if (text.startsWith(everywhere))
            return u"127.0.0.1:"_s + port;
    return text.startsWith("[::]:"_L1) ? u"[::1]:"_s + port : text;
}

} // namespace

const Directive* Directive::last(const QByteArray& directive) const
{
    for (auto at = block.rbegin(); at != block.rend(); ++at)
        if (at->name == directive)
            return &*at;
    return nullptr;
}

bool NginxDump::reads(const QString& file, const QString& realPath, const QByteArray& bytes) const
{
    if (files.contains(file) || files.contains(realPath))
        return true;
    return std::any_of(files.begin(), files.end(),
        [&](const QByteArray& content) { return content.trimmed() == bytes.trimmed(); });
}

std::optional<NginxDump> readNginxDump(const QByteArray& text)
{
    static const QByteArray head = "# configuration file ";
    NginxDump dump;
    QString file;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = text.indexOf('\n', at);
        end = end < 0 ? text.size() : end + 1;
        const QByteArray line = text.mid(at, end - at);
        if (line.startsWith(head) && line.endsWith(":\n")) {
            file = QString::fromUtf8(line.mid(head.size(), line.size() - head.size() - 2));
            dump.files[file] = {};
            if (dump.mainFile.isEmpty())
                dump.mainFile = file;
        } else if (!file.isEmpty()) {
            dump.files[file] += line;
        }
        at = end;
    }
    if (dump.mainFile.isEmpty())
        return std::nullopt;
    TreeReader(dump).readInto(dump.root, dump.mainFile, 0);
    return dump;
}

QList<ProxyLocation> proxyLocations(const NginxDump& dump, const QByteArray& upstream)
{
    QList<ProxyLocation> found;
    collect(dump.root, {}, upstream, found);
    return found;
}

QList<ProxyLocation> locationsFor(
    const NginxDump& dump, const QByteArray& upstream, const QByteArray& path)
{
    QList<ProxyLocation> found;
    findServers(dump.root, {}, upstream, path, found);
    return found;
}

std::optional<ListenAddress> listenAddressOf(const NginxDump& dump, const QByteArray& upstream)
{
    const Directive* server = serverFor(dump.root, upstream);
    if (!server)
        return std::nullopt;
    ListenAddress found {u"127.0.0.1:80"_s, {}, false};
    for (const Directive& directive : server->block) {
        if (directive.name != "listen")
            continue;
        found.address = listenedAddress(directive.arguments.value(0));
        found.tls = directive.arguments.contains("ssl");
        if (!found.address.isEmpty())
            break;
    }
    if (const Directive* names = server->last("server_name")) {
        const QByteArray name = names->arguments.value(0);
        if (!name.contains('*') && !name.startsWith('~') && !name.startsWith('.') && name != "_")
            found.serverName = name;
    }
    return found.address.isEmpty() ? std::nullopt : std::optional(found);
}

std::optional<double> nginxSeconds(const QByteArray& time)
{
    static const QRegularExpression part(u"\\G\\s*(\\d+)(ms|[smhdwMy]?)"_s);
    static const QMap<QString, double> units {{u""_s, 1}, {u"s"_s, 1}, {u"ms"_s, 0.001},
        {u"m"_s, 60}, {u"h"_s, 3600}, {u"d"_s, 86400}, {u"w"_s, 604800}, {u"M"_s, 2592000},
        {u"y"_s, 31536000}};
    const QString text = QString::fromLatin1(time.trimmed());
    double seconds = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const QRegularExpressionMatch match = part.match(text, at);
        if (!match.hasMatch())
            return std::nullopt;
        seconds += match.captured(1).toDouble() * units.value(match.captured(2));
        at = match.capturedEnd();
    }
    return text.isEmpty() ? std::nullopt : std::optional(seconds);
}

} // namespace gapless
