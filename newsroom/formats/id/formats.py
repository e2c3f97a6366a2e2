"""Times in lists and forms, with their zone: 1 Des 2026, 09.00 WIB. The rest is Django's own."""

DATETIME_FORMAT = "j M Y, H.i T"
SHORT_DATETIME_FORMAT = "d-m-Y H.i T"
