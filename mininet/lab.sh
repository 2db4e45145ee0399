#!/usr/bin/env bash
# Runs mn with an Open vSwitch of its own, for userspace bridges alone: lab.sh [MN ARGUMENT...]
# For containers. Elsewhere the machine's Open vSwitch does: systemctl start openvswitch-switch, and mn itself.
set -euo pipefail

OVS_RUNDIR=$(mktemp -d)
export OVS_RUNDIR
daemon=(--pidfile --detach --log-file="$OVS_RUNDIR/openvswitch.log" -vconsole:off)

ovsdb-tool create "$OVS_RUNDIR/conf.db" /usr/share/openvswitch/vswitch.ovsschema
ovsdb-server "$OVS_RUNDIR/conf.db" --remote="punix:$OVS_RUNDIR/db.sock" "${daemon[@]}"
ovs-vsctl --no-wait init
ovs-vswitchd "${daemon[@]}"

exec mn "$@"
