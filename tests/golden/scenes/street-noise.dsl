FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 60 @ 00:00:05.900 t=5900 pts=5.900000
  CAUSE shadow score=0.70 suppressed=yes
FRAME 62 @ 00:00:06.100 t=6100 pts=6.100000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 73 @ 00:00:07.200 t=7200 pts=7.200000
  EVENT type=ENTER blob=3 dir=RIGHT since=6800 since_frame=69
FRAME 91 @ 00:00:09.000 t=9000 pts=9.000000
  CAUSE light score=0.98 suppressed=yes
FRAME 100 @ 00:00:09.900 t=9900 pts=9.900000
  EVENT type=DISAPPEAR blob=3 dir=TOWARD since=9800 since_frame=99
FRAME 102 @ 00:00:10.100 t=10100 pts=10.100000
  EVENT type=EXIT blob=1 dir=DOWN since=7800 since_frame=79
FRAME 104 @ 00:00:10.300 t=10300 pts=10.300000
  CAUSE noise score=1.00 suppressed=yes
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=ENTER blob=4 dir=RIGHT since=9900 since_frame=100
FRAME 110 @ 00:00:10.900 t=10900 pts=10.900000
  EVENT type=ENTER blob=5 dir=RIGHT since=10300 since_frame=104
FRAME 114 @ 00:00:11.300 t=11300 pts=11.300000
  EVENT type=SPLIT blob=4 dir=STATIC since=11000 since_frame=111 with=5
  EVENT type=SPLIT blob=5 dir=STATIC since=11000 since_frame=111 with=4
FRAME 117 @ 00:00:11.600 t=11600 pts=11.600000
  EVENT type=DISAPPEAR blob=2 dir=TOWARD since=7800 since_frame=79
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  CAUSE insect score=0.53 suppressed=yes
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=4 dir=LEFT since=12500 since_frame=126
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  CAUSE sway score=0.52 suppressed=yes
# all 130 frames: sha256 8d1c3a6f509ba1f4f5c876d4def82ace8c8974a6a5f0528a0719a36e9b349904
