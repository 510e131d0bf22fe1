// SPDX-License-Identifier: MIT
// tries: attaches to a virtual machine, its own and others
// layer: policy-sockets pid-namespace
// source: JVM attach; .attach_pid files
// expect: ok
// limits: processes=64 memory=512M
// breach: BREACH
public class Main {
    public static void main(String[] args) throws Exception {
        long count = ProcessHandle.allProcesses().filter(one -> one.pid() != ProcessHandle.current().pid()).count();
        System.out.println(count == 0 ? "held" : "BREACH: it sees " + count);
    }
}
