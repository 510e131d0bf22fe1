package main

import (
	"fmt"
	"time"
)

func main() {
	t := time.Date(2024, time.February, 28, 23, 30, 0, 0, time.UTC)
	u := t.AddDate(0, 0, 2)
	fmt.Println(u, u.Format("Monday, 02 January 2006 15:04"), u.Weekday(), u.YearDay(), u.Sub(t), u.After(t), t.Unix(), t.Truncate(time.Hour))
	w, err := time.LoadLocation("Europe/Warsaw")
	n, _ := time.LoadLocation("America/New_York")
	fmt.Println(t.In(w), err, t.In(n).Format(time.RFC3339))
	p, err := time.Parse("2006-01-02", "2024-02-30")
	fmt.Println(p, err)
	d, _ := time.ParseDuration("1h15m30.5s")
	fmt.Println(d, d.Minutes(), time.Duration(1500)*time.Millisecond, d.Round(time.Minute), time.Unix(0, 0).UTC(), time.Now().Location(), time.Now().After(t))
	y, week := t.ISOWeek()
	began := time.Now()
	time.Sleep(time.Millisecond)
	fmt.Println(y, week, time.Since(began) >= time.Millisecond, time.Until(t) < 0, t.Equal(t.In(w)), time.Time{}.IsZero())
	timer := time.AfterFunc(time.Hour, func() {})
	fmt.Println(timer.Stop(), t.Month() == time.February, time.March.String())
	for day := time.Date(2024, 2, 26, 0, 0, 0, 0, time.UTC); day.Day() != 3; day = day.AddDate(0, 0, 1) {
		fmt.Print(day.Format("Jan 2 "), "")
	}
	fmt.Println()
}
