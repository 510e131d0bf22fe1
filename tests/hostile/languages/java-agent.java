// SPDX-License-Identifier: MIT
// tries: starts a virtual machine with an agent of its own by the environment
// layer: root
// source: JAVA_TOOL_OPTIONS, -javaagent
// expect: ok
// limits: processes=64 memory=512M
// reads: DIR
// breach: BREACH
public class Main {
    public static void main(String[] args) throws Exception {
        String folder = new java.util.Scanner(System.in).nextLine();
        ProcessBuilder builder = new ProcessBuilder("/bin/cat", folder + "/secret");
        builder.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + folder + "/open");
        Process process = builder.redirectErrorStream(false).start();
        String said = new String(process.getInputStream().readAllBytes());
        System.out.println(said.isEmpty() ? "held" : "BREACH: " + said);
    }
}
