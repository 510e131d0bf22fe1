require "date"
p Date.new(2024, 2, 29) >> 12, Date.parse("3rd Feb 2001").cwday, (Date.new(2024, 12, 25) - Date.new(2024, 1, 1)).to_i, DateTime.new(2001, 2, 3, 4, 5, 6).to_s, Date.valid_date?(2023, 2, 29), Date::GREGORIAN, Date.today == Time.now.to_date
