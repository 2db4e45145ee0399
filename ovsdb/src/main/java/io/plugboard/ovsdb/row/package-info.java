/** The rows of Open vSwitch's own tables, with the columns that are followed: ovs-vswitchd.conf.db(5). */
@org.jspecify.annotations.NullMarked
package io.plugboard.ovsdb.row;
