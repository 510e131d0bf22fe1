double sum = 0;
for (int i = 0; i < n; i++)
    sum += values[i];
printf("The average is %.2f.\n", sum / n);
