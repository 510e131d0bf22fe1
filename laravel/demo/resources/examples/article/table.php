<?php
foreach (array_map(str_getcsv(...), file('towns.csv', FILE_IGNORE_NEW_LINES)) as [$town, $people]) {
    printf("%-10s %9s\n", $town, number_format((int) $people));
}
