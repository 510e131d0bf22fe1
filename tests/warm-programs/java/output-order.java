public class Main {
    public static void main(String[] args) throws Exception {
        System.err.println("1"); System.out.print("2"); System.out.println(); System.err.printf("%d%n", 3); System.out.write("4\n".getBytes()); System.out.write('5'); System.out.write('\n');
        new ProcessBuilder("echo", "6").inheritIO().start().waitFor();
        System.out.println(System.out.checkError() + " " + System.out.getClass());
    }
}
