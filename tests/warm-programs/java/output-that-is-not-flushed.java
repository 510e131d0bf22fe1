import java.io.*;
public class Main {
    public static void main(String[] args) {
        PrintStream own = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        own.println("lost");
        System.out.print("kept");
        System.setOut(own);
        System.out.println("lost as well");
    }
}
