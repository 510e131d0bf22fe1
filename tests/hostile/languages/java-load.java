// SPDX-License-Identifier: MIT
// tries: loads machine code that it wrote
// layer: noexec
// source: JNI, System.load()
// expect: ok
// limits: processes=64 memory=512M
// breach: BREACH
import java.nio.file.*;

public class Main {
    public static void main(String[] args) throws Exception {
        Files.copy(Path.of("/usr/lib/x86_64-linux-gnu/libm.so.6"), Path.of("/tmp/own.so"));
        try {
            System.load("/tmp/own.so");
            System.out.println("BREACH: it was loaded");
        } catch (UnsatisfiedLinkError error) {
            System.out.println("held");
        }
    }
}
