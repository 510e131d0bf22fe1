// SPDX-License-Identifier: MIT
// tries: calls the kernel past every library
// layer: policy-kernel
// source: Rust core::arch::asm!
// expect: denied bpf
// breach: BREACH
use std::arch::asm;

fn main() {
    let mut number: isize = 321;
    unsafe { asm!("syscall", inout("rax") number, in("rdi") 0, in("rsi") 0, in("rdx") 0, out("rcx") _, out("r11") _) };
    println!("BREACH: the kernel was asked {}", number);
}
