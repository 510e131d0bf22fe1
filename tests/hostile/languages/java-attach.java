// SPDX-License-Identifier: MIT
// tries: looks for others' virtual machines to attach to
// layer: pid-namespace
// source: java.lang.ProcessHandle; com.sun.tools.attach
// expect: ok
// limits: processes=64 memory=512M
// breach: BREACH
public class Main {
    public static void main(String[] args) throws Exception {
        long count = ProcessHandle.allProcesses().filter(one -> one.pid() != ProcessHandle.current().pid()).count();
        System.out.println(count == 0 ? "held" : "BREACH: it sees " + count);
    }
}
