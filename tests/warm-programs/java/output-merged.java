// exrun: {"stderr": "stdout"}
public class Main {
    public static void main(String[] args) throws Exception {
        System.err.println("1"); System.out.println("2"); System.err.print("3\n"); new ProcessBuilder("sh", "-c", "echo 4; echo 5 >&2").inheritIO().start().waitFor();
        throw new Exception("6");
    }
}
