"""British order of dates and the 24-hour clock, so that numbers match the Polish pages."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, G:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y G:i"
TIME_FORMAT = "G:i"
FIRST_DAY_OF_WEEK = 1
