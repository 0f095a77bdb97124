"""Dates of official Ukrainian prose: ``1 вересня 2024 р.``"""

DATE_FORMAT = "j E Y р."
DATETIME_FORMAT = "j E Y р., G:i"
YEAR_MONTH_FORMAT = "F Y р."
MONTH_DAY_FORMAT = "j E"
TIME_FORMAT = "G:i"
