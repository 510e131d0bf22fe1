# SPDX-License-Identifier: MIT
"""The guest as a machine: its kernel, what Python reads in it, and qemu."""
import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = ["usr/lib/python3.11", *(f"usr/lib/python3/dist-packages/{name}" for name in ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "py", "attr", "attrs"))]


def missing():
    """Why there can be no guest on this machine, or None."""
    if not shutil.which("qemu-system-x86_64") or not shutil.which("busybox"):
        return "qemu-system-x86 and busybox-static are not installed"
    return None


def make_kernel(folder):
    made = subprocess.run([HERE / "kernel", folder, *filter(None, [os.environ.get("EXRUN_GUEST_KERNEL")])], capture_output=True, text=True, timeout=200)
    assert made.returncode == 0, made.stderr


def pack_python(path):
    """Thousands of small files, each of which costs a way to the host, in one."""
    skipped = [f"--exclude={name}" for name in ("test", "idlelib", "ensurepip", "tkinter", "lib2to3", "config-*", "*.opt-*", "pydoc_data", "distutils", "turtledemo", "wsgiref", "curses", "dbm")]
    subprocess.run(["tar", "-cf", path, *skipped, "-C", "/", *PYTHON], check=True)


def start(kernel, folder, run, console):
    """Starts a guest whose PID 1 becomes @run. @folder is its /run/results, @console a file for what it says.

    With a higher priority than the suites, if that is allowed, and with one CPU: if another process gets in between, two wait for each other,
    and take a third more of this machine's time. A plain CPU, and a kernel without mitigations, are emulated faster. If each program is mapped
    to the same addresses (norandmaps, nokaslr), its translation is found again, which is three times as fast. String instructions, which
    kernels take to be fast (rep_good), are not."""
    return subprocess.Popen(
        ["nice", "-n", "-10", "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "Nehalem", "-smp", "1", "-m", "2048", "-nodefaults", "-display", "none", "-no-reboot",
         "-serial", "mon:stdio", "-kernel", kernel / "vmlinuz", "-initrd", kernel / "initramfs",
         "-append", f"console=ttyS0 panic=-1 sysrq_always_enabled mitigations=off init_on_alloc=0 audit=0 norandmaps nokaslr clearcpuid=rep_good,erms exrun.run={run}",
         "-virtfs", "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
         "-virtfs", f"local,path={folder},mount_tag=results,security_model=none"],
        stdin=subprocess.PIPE, stdout=console, stderr=subprocess.STDOUT)
