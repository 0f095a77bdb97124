"""Dates as people write them in Polish official prose: ``1 września 2024 r.``"""

DATE_FORMAT = r"j E Y \r."
DATETIME_FORMAT = r"j E Y \r., G:i"
YEAR_MONTH_FORMAT = r"F Y \r."
TIME_FORMAT = "G:i"
