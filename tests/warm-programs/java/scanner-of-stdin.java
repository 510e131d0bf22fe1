// exrun: {"stdin": "3\n10 20 30\nA word and more\n1,5 2.5 true\nx"}
import java.util.*;
public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), sum = 0;
        for (int i = 0; i < n; i++) sum += in.nextInt();
        System.out.println(sum + in.nextLine() + in.nextLine() + in.next() + in.nextDouble() + in.nextBoolean() + in.locale() + in.delimiter() + in.hasNextInt() + in.hasNextLine());
        System.out.println(in.nextInt());
    }
}
