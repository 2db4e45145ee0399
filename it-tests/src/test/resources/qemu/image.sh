#!/bin/sh
# Makes what the guests boot from: image.sh KERNEL DIRECTORY
# KERNEL is what bin/lib/guest-kernel prints; DIRECTORY gets vmlinuz and initramfs.
set -eu

kernel=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)

fail() {
    echo "image.sh: $1" >&2
    exit 1
}

busybox=$(command -v busybox) || fail "needs busybox-static"
! ldd "$busybox" >/dev/null 2>&1 || fail "$busybox is linked dynamically: needs busybox-static"
for needed in perl cpio; do
    command -v "$needed" >/dev/null || fail "needs $needed"
done

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/modules" "$root/proc" "$root/sys" "$root/dev" "$root/tmp"
cp "$busybox" "$root/bin/busybox"
cp "$here/init" "$here/guest.pl" "$root/"
chmod +x "$root/init"

# In the order of loading. What is not there is built into the kernel, or not of its version.
for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci failover net_failover virtio_net; do
    file=$(find "$kernel" -path '*/modules/*' -name "$module.ko*" | head -n 1)
    case $file in
        '') continue ;;
        *.xz) xz -dc "$file" ;;
        *.zst) zstd -dcq "$file" ;;
        *.gz) gzip -dc "$file" ;;
        *) cat "$file" ;;
    esac >"$root/modules/$module.ko"
    echo "$module" >>"$root/modules/order"
done
touch "$root/modules/order"

# Perl is on every Debian and Ubuntu; unlike busybox it can join multicast groups and read frames.
copy() {
    mkdir -p "$root$(dirname "$1")"
    cp -L "$1" "$root$1"
}
perl=$(command -v perl)
copy "$perl"
ldd "$perl" | grep -o '/[^ ]*' | while read -r file; do copy "$file"; done
# What guest.pl loads is seen when it runs: it ends with its input.
# shellcheck disable=SC2016 # these are Perl's variables
perl -e 'END { print map { "$_\n" } grep { $_ ne $ARGV[0] } values %INC, @DynaLoader::dl_shared_objects } do $ARGV[0]' \
    "$here/guest.pl" </dev/null | grep '^/' | while read -r file; do copy "$file"; done

mkdir -p "$out"
(cd "$root" && find . | cpio --quiet -o -H newc) >"$out/initramfs"
cp "$kernel"/boot/vmlinuz-* "$out/vmlinuz"
