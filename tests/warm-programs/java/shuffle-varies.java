// exrun: {"varies": true}
import java.util.*;
public class Main { public static void main(String[] args) { List<Integer> cards = new ArrayList<>(); for (int i = 0; i < 52; i++) cards.add(i); Collections.shuffle(cards); System.out.println(cards); } }
