// SPDX-License-Identifier: MIT
// tries: connects to the host
// layer: network policy-sockets
// source: java.net
// expect: ok
// limits: processes=64 memory=512M
// reads: PORT
// breach: BREACH
import java.net.*;

public class Main {
    public static void main(String[] args) {
        int port = new java.util.Scanner(System.in).nextInt();
        for (String host : new String[] {"127.0.0.1", "::1", "169.254.169.254"})
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, host.startsWith("169") ? 80 : port), 2000);
                System.out.println("BREACH: connected");
            } catch (Exception error) {
            }
        System.out.println("held");
    }
}
