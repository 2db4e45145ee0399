# Does in the guest what the test says. Each line of standard input is a command; each is answered by one line: the exit
# status, and the output in hex.
#
#   sh COMMAND              runs it, and waits for its end
#   listen PORT             takes datagrams
#   join GROUP PORT         takes the group's datagrams, until: leave GROUP
#   received PORT|GROUP     how many datagrams were taken
#   send ADDRESS PORT COUNT PAUSE_MS
#                           sends datagrams, and goes on with other commands meanwhile
#   watch                   from now on counts the frames that come in from the card, which: seen SOURCE_MAC DESTINATION_MAC
use strict;
use warnings;
use Socket qw(:DEFAULT MSG_DONTWAIT IPPROTO_IP IP_ADD_MEMBERSHIP pack_ip_mreq);
use IO::Select;
use IO::Handle;

# linux/if_packet.h, linux/if_ether.h
use constant { AF_PACKET => 17, ETH_P_ALL => 0x0003, PACKET_OUTGOING => 4 };

STDOUT->autoflush(1);
my $readable = IO::Select->new(\*STDIN);
my (%sockets, %names, %received, $card, %seen);

sub answer {
    my ($status, $text) = @_;
    print $status, ' ', unpack('H*', $text), "\n";
}

sub take {
    my ($name, $address, $port) = @_;
    die "$name is taken already" if $sockets{$name};
    socket(my $socket, PF_INET, SOCK_DGRAM, 0) or die "socket: $!";
    setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1) or die "reuse: $!";
    setsockopt($socket, SOL_SOCKET, SO_RCVBUF, 1 << 20) or die "buffer: $!";
    bind($socket, pack_sockaddr_in($port, $address)) or die "bind: $!";
    $sockets{$name} = $socket;
    $names{ fileno $socket } = $name;
    $received{$name} = 0;
    $readable->add($socket);
    return $socket;
}

sub send_all {
    my ($address, $port, $count, $pause) = @_;
    socket(my $socket, PF_INET, SOCK_DGRAM, 0) or die "socket: $!";
    my $destination = pack_sockaddr_in($port, inet_aton($address));
    for my $number (1 .. $count) {
        send($socket, $number, 0, $destination) or die "send: $!";
        select(undef, undef, undef, $pause / 1000) if $pause;
    }
}

my %commands = (
    sh => sub {
        my $output = qx{exec 2>&1; $_[0]};
        answer($? >> 8, $output // '');
    },
    listen => sub {
        take($_[0], INADDR_ANY, $_[0]);
        answer(0, '');
    },
    join => sub {
        my ($group, $port) = split ' ', $_[0];
        my $address = inet_aton($group);
        # Bound to the group, it takes nothing of another one on the same port.
        my $socket = take($group, $address, $port);
        setsockopt($socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, pack_ip_mreq($address, INADDR_ANY)) or die "join: $!";
        answer(0, '');
    },
    leave => sub {
        my $socket = delete $sockets{ $_[0] } or die "$_[0] is not joined";
        delete $names{ fileno $socket };
        $readable->remove($socket);
        close $socket;
        answer(0, '');
    },
    received => sub { answer(0, $received{ $_[0] } // die "$_[0] was never taken") },
    send => sub {
        # A child's child, which is nobody's to wait for.
        defined(my $child = fork) or die "fork: $!";
        if (!$child) {
            exit if fork;
            eval { send_all(split ' ', $_[0]); 1 } or print STDERR "guest.pl: $@";
            exit;
        }
        waitpid $child, 0;
        answer(0, '');
    },
    watch => sub {
        die 'it watches already' if $card;
        socket($card, AF_PACKET, SOCK_RAW, unpack('S', pack('n', ETH_P_ALL))) or die "socket: $!";
        setsockopt($card, SOL_SOCKET, SO_RCVBUF, 1 << 20) or die "buffer: $!";
        $readable->add($card);
        answer(0, '');
    },
    seen => sub { answer(0, $seen{ $_[0] } // 0) },
);

sub do_command {
    my ($name, $rest) = split ' ', $_[0], 2;
    my $command = $commands{$name} or return answer(127, "no such command: $name");
    eval { $command->($rest // ''); 1 } or answer(1, $@);
}

sub mac { join ':', unpack '(H2)6', $_[0] }

# struct sockaddr_ll has sll_pkttype at octet 10.
sub read_card {
    while (defined(my $from = recv($card, my $frame, 2048, MSG_DONTWAIT))) {
        next if length $frame < 14 || unpack('x10 C', $from) == PACKET_OUTGOING;
        $seen{ mac(substr $frame, 6, 6) . ' ' . mac(substr $frame, 0, 6) }++;
    }
}

sub read_datagrams {
    my ($name) = @_;
    $received{$name}++ while defined recv($sockets{$name}, my $data, 2048, MSG_DONTWAIT);
}

answer(0, 'ready');
my $input = '';
while (1) {
    my @ready = $readable->can_read;
    # What has arrived before a command is in its answer.
    read_card() if $card;
    read_datagrams($_) for keys %sockets;
    next if !grep { $_ == \*STDIN } @ready;
    sysread(STDIN, $input, 4096, length $input) or exit;
    do_command($1) while $input =~ s/^([^\n]*)\n//;
}
