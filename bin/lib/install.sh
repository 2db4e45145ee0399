# shellcheck shell=bash
# Installs what a command needs on a machine that nobody prepared. To be sourced by the scripts in bin/.
#
#   require_packages "${build_tools[@]}" "${lab_tools[@]}"
#
# As root on Debian or Ubuntu it installs what is missing; elsewhere it names the packages and returns 1.

# shellcheck disable=SC2034 # used by those who source this file
# Each entry is COMMAND=PACKAGE: the package is missing when the command is.
build_tools=(
    javac=openjdk-17-jdk-headless
    mvn=maven
)
# shellcheck disable=SC2034
lab_tools=(
    ovs-vswitchd=openvswitch-switch
    ovsdb-server=openvswitch-switch
    ovs-vsctl=openvswitch-switch
    ovs-ofctl=openvswitch-common
    ovsdb-tool=openvswitch-common
    mn=mininet
    ip=iproute2
    ethtool=ethtool
    ping=iputils-ping
    tcpdump=tcpdump
    tshark=tshark
    python3=python3
    curl=curl
    jq=jq
    ps=procps
    qemu-system-x86_64=qemu-system-x86
    busybox=busybox-static
    cpio=cpio
    perl=perl-base
)

require_packages() {
    # Daemons live in sbin, which is in root's PATH only.
    local PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
    local missing
    missing=$(missing_packages "$@")
    [[ -n $missing ]] || return 0

    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        echo "${0##*/}: these packages are missing (names as in Debian): ${missing//$'\n'/ }" >&2
        if command -v apt-get >/dev/null; then
            echo "${0##*/}: install them with: sudo apt-get install ${missing//$'\n'/ }" >&2
        fi
        return 1
    fi

    echo "${0##*/}: installing ${missing//$'\n'/ }"
    # shellcheck disable=SC2086 # one word a package
    apt_install $missing || return 1

    missing=$(missing_packages "$@")
    if [[ -n $missing ]]; then
        echo "${0##*/}: installed, yet still not usable: ${missing//$'\n'/ }" >&2
        return 1
    fi
}

# Prints the packages, one a line, whose commands are not there.
missing_packages() {
    local entry
    for entry in "$@"; do
        is_usable "${entry%%=*}" || echo "${entry#*=}"
    done | sort -u
}

is_usable() {
    local path
    path=$(command -v "$1") || return 1
    case $1 in
        javac) (($(jdk_release) >= 17)) ;;
        # Guests have no libraries for it: ldd has to find that there are none.
        busybox) ! ldd "$path" >/dev/null 2>&1 ;;
    esac
}

# Prints the feature release of the JDK in use, such as 17; 0 when it does not say.
jdk_release() {
    local version
    version=$(javac -version 2>&1)
    [[ $version =~ ^javac\ ([0-9]+) ]] && echo "${BASH_REMATCH[1]}" || echo 0
}

apt_install() (
    export DEBIAN_FRONTEND=noninteractive

    # Where systemd does not run, Open vSwitch's package fails when its service does not start, and nobody needs
    # that service: tests and demo start daemons of their own. A policy of "start nothing" is Debian's way to say so.
    policy=/usr/sbin/policy-rc.d
    if [[ ! -d /run/systemd/system && ! -e $policy ]]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    fi

    apt-get -q update || echo "${0##*/}: apt-get update failed, going on with the package lists that are there" >&2
    packages=()
    for package in "$@"; do
        packages+=("$(available "$package")")
    done
    apt-get -q install -y --no-install-recommends "${packages[@]}"
)

# Prints the package to install: this one, or what stands in for it where the distribution no longer has it.
available() {
    local candidates=("$1") candidate
    [[ $1 != openjdk-17-jdk-headless ]] || candidates+=(openjdk-21-jdk-headless default-jdk-headless)
    for candidate in "${candidates[@]}"; do
        if apt-cache show "$candidate" >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    echo "$1"
}
