// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace gapless {

/// What a text in a target file may be. `pattern` is matched whole; it is kept to what PCRE and
/// ECMAScript agree on, since the JSON schema publishes it.
struct TextRule {
    const char* expected; ///< for a person: the fact `expected` of FieldWrong
    const char* pattern;
    bool (*also)(const QString& text) = nullptr; ///< what a pattern cannot say
    /// Read in normal form C, so that a name typed on one machine is the name typed on another.
    /// Paths and values keep their bytes.
    bool composed = false;
};

bool allows(const TextRule& rule, const QString& text);

/// `200`, `200-299`, `200,302`: codes from 100 to 599, ranges the right way round.
bool isStatusSet(const QString& text);
/// Whether an HTTP status is in such a set, for whoever reads `expectStatus`.
bool statusMatches(const QString& statusSet, int status);
/// docker's `-p`: `8090:8080`, `127.0.0.1:8090:8080/tcp`, `[::1]:80:80`; ports from 1 to 65535.
bool isPublish(const QString& text);
bool isHttpUrl(const QString& text);
/// Whether a name (of a field, a variable, a header) says that its value is a secret.
bool namesSecret(const QString& name);
/// The option of `docker create` in `words` that Gapless itself decides (`--name`, `-p`, `-d`,
/// `--rm`, `--restart`, in any of docker's spellings): its index, -1 where there is none.
int reservedOption(const QStringList& words);

// No rule lets a control character through: these values end in command lines, files and terminals.
namespace rules {
inline constexpr TextRule anyText {"text", R"([^\u0000]*)"};
inline constexpr TextRule line {"text in one line", R"([^\u0000-\u001f\u007f]*)"};
inline constexpr TextRule nonEmpty {"text in one line, not empty",
    R"([^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f][^\u0000-\u001f\u007f]*)"};
/// Also a file name, an argument and a path in an error.
inline constexpr TextRule name {
    "name of 1 to 100 characters, without / and not starting with - or .",
    R"([^\u0000-\u0020\u007f/.\-]([^\u0000-\u001f\u007f/]{0,98}[^\u0000-\u0020\u007f/])?)", nullptr,
    true};
inline constexpr TextRule word {"text without spaces, not starting with -",
    R"([^\u0000-\u0020\u007f\-][^\u0000-\u0020\u007f]*)"};
inline constexpr TextRule absolutePath {"absolute path", R"(/[^\u0000-\u001f\u007f]*)"};
inline constexpr TextRule urlPath {"path starting with /", R"(/[^\u0000-\u0020\u007f]*)"};
inline constexpr TextRule hostKey {"SHA256:...", R"(SHA256:[^\u0000-\u0020\u007f]+)"};
inline constexpr TextRule sudoUse {"gateway | docker", "gateway|docker"};
// No raw strings where a quotation mark is in them: moc 6.4 loses count of the brackets after one.
inline constexpr TextRule nginxWord {
    "one nginx word", "[^\\u0000-\\u0020\\u007f;{}\"'#$\\\\]+"};
inline constexpr TextRule listen {"port, or address:port",
    R"((\[[0-9A-Fa-f:]+\]:|[A-Za-z0-9.\-]+:)?[1-9][0-9]{0,4})"};
inline constexpr TextRule nginxWords {"nginx words",
    "[^\\u0000-\\u0020\\u007f;{}\"'#$\\\\]+( [^\\u0000-\\u0020\\u007f;{}\"'#$\\\\]+)*"};
inline constexpr TextRule repository {"image repository",
    R"(([A-Za-z0-9.\-]+(:[0-9]+)?/)?[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*)"};
inline constexpr TextRule tagPrefix {
    "start of an image tag", R"(([A-Za-z0-9_][A-Za-z0-9_.\-]{0,86})?)"};
inline constexpr TextRule tag {"image tag", R"([A-Za-z0-9_][A-Za-z0-9_.\-]{0,127})"};
inline constexpr TextRule container {"container name", R"([A-Za-z0-9][A-Za-z0-9_.\-]+)"};
inline constexpr TextRule variable {
    "name of an environment variable", R"([^\u0000-\u0020\u007f=#][^\u0000-\u0020\u007f=]*)"};
inline constexpr TextRule restart {"no | always | unless-stopped | on-failure[:N]",
    "no|always|unless-stopped|on-failure(:[0-9]{1,4})?"};
inline constexpr TextRule publish {"[address:]port:port[/tcp]",
    R"((\[[0-9A-Fa-f:.]+\]:|[0-9.]+:)?([0-9]+(-[0-9]+)?)?:?[0-9]+(-[0-9]+)?(/(tcp|udp|sctp))?)",
    isPublish};
inline constexpr TextRule scheme {"http | https", "http|https"};
inline constexpr TextRule header {"name of an HTTP header", R"([A-Za-z0-9!#$%&'*+.^_`|~\-]+)"};
inline constexpr TextRule status {"200, 200-299 or 200,302",
    R"([1-5][0-9]{2}(-[1-5][0-9]{2})?(,[1-5][0-9]{2}(-[1-5][0-9]{2})?)*)", isStatusSet};
inline constexpr TextRule url {
    "http or https URL", R"(https?://[^\u0000-\u0020\u007f]+)", isHttpUrl};
inline constexpr TextRule versionFrom {
    "name of a response header, or json:field", R"((json:)?[^\u0000-\u0020\u007f:]+)"};
inline constexpr TextRule protocol {"json | messagepack", "json|messagepack"};
inline constexpr TextRule transport {"auto | webSockets | serverSentEvents | longPolling",
    "auto|webSockets|serverSentEvents|longPolling"};
inline constexpr TextRule abortOn {"failed | closed | gap", "failed|closed|gap"};
} // namespace rules

} // namespace gapless
