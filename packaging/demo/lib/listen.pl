#!/usr/bin/perl
# SPDX-License-Identifier: MIT
#
# Opens listening sockets here, for a program that runs in another network namespace: a socket stays in the namespace in
# which it was made, so what listens on this machine's loopback is served from inside, with no address translation,
# no proxy in between and no change to this machine's network.
#
#   listen.pl nginx ADDRESS:PORT… -- COMMAND…   becomes COMMAND, which finds the sockets as a new nginx finds the old one's
#   listen.pl serve ADDRESS:PORT -- COMMAND…    runs COMMAND once for each connection, which is its stdin and stdout
use strict;
use warnings;
use Fcntl;
use Socket;

my $kind = shift;
my @sockets;
$^F = 1000;    # no close-on-exec
while (@ARGV && (my $where = shift) ne '--') {
    my ($address, $port) = $where =~ /^([\d.]+):(\d+)$/ or die "listen.pl: not an address: $where\n";
    socket(my $socket, PF_INET, SOCK_STREAM, 0) or die "listen.pl: socket: $!\n";
    setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1);
    bind($socket, pack_sockaddr_in($port, inet_aton($address))) or die "listen.pl: $where: $!\n";
    listen($socket, 511) or die "listen.pl: $where: $!\n";
    push @sockets, $socket;
}

if ($kind eq 'nginx') {
    # nginx takes it that inherited sockets do not block.
    fcntl($_, F_SETFL, fcntl($_, F_GETFL, 0) | O_NONBLOCK) for @sockets;
    $ENV{NGINX} = join('', map { fileno($_) . ';' } @sockets);
    exec @ARGV or die "listen.pl: $ARGV[0]: $!\n";
}

my %children;
$SIG{CHLD} = sub {
    local ($!, $?);
    while ((my $pid = waitpid(-1, 1)) > 0) { delete $children{$pid}; }
};
$SIG{TERM} = sub { kill 'TERM', keys %children; exit 0; };
while (1) {
    my $peer = accept(my $connection, $sockets[0]) or next;
    my $pid = fork() // die "listen.pl: fork: $!\n";
    if ($pid == 0) {
        $SIG{$_} = 'DEFAULT' for qw(CHLD TERM);
        close $_ for @sockets;
        open(STDIN, '<&', $connection) && open(STDOUT, '>&', $connection) or exit 1;
        close $connection;
        exec @ARGV or exit 1;
    }
    $children{$pid} = 1;
    close $connection;
}
