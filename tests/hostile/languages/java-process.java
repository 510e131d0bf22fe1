// SPDX-License-Identifier: MIT
// tries: reads a file of the host by a program that it starts
// layer: root
// source: java.lang.ProcessBuilder
// expect: ok
// limits: processes=64 memory=512M
// reads: DIR
// breach: BREACH
public class Main {
    public static void main(String[] args) throws Exception {
        String folder = new java.util.Scanner(System.in).nextLine();
        Process process = new ProcessBuilder("/bin/cat", folder + "/secret").start();
        String said = new String(process.getInputStream().readAllBytes());
        System.out.println(process.waitFor() == 1 && said.isEmpty() ? "held" : "BREACH: " + said);
    }
}
