// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/nginx/connections.h"
#include "engine/nginx/lexer.h"

namespace gapless {

QByteArray upgradeProbe()
{
    // 434 pidfd_open, 438 pidfd_getfd; 6 IPPROTO_TCP, 1 TCP_NODELAY. A socket address has its port
    // in the third and fourth byte, whatever its family. Prints `pid:fd localPort peerPort 0|1`.
    return R"perl(
for (@ARGV) {
    my ($pid, $fd) = /^(\d+):(\d+)$/ or next;
    $process{$pid} = syscall(434, $pid + 0, 0) unless defined $process{$pid};
    next if $process{$pid} < 0;
    my $copy = syscall(438, $process{$pid}, $fd + 0, 0);
    next if $copy < 0;
    open(my $socket, "+<&=", $copy) or next;
    my ($local, $peer, $option) = (getsockname($socket), getpeername($socket), getsockopt($socket, 6, 1));
    close($socket);
    next unless $local && $peer && defined $option;
    printf "%d:%d %d %d %d\n", $pid, $fd, unpack("x2n", $local), unpack("x2n", $peer), unpack("i", $option) ? 1 : 0;
}
)perl";
}

bool upgradesShow(const QByteArray& dump)
{
    try {
        ConfigLexer lexer(dump);
        for (;;) {
            const ConfigStatement statement = lexer.next();
            if (statement.end == ConfigStatement::End::File)
                return true;
            const QByteArray name = statement.words.value(0).value;
            const QByteArray first = statement.words.value(1).value;
            if (name == "stream" || name == "grpc_pass"
                || (name == "proxy_request_buffering" && first == "off")
                || (name == "tcp_nodelay" && first == "off")
                || (name == "proxy_pass" && !first.toLower().startsWith("http://")))
                return false;
        }
    } catch (const Error&) {
        return false;
    }
}

} // namespace gapless
