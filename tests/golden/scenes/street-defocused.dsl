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
FRAME 84 @ 00:00:08.300 t=8300 pts=8.300000
  STATE defocused since=8300 score=1.00
FRAME 98 @ 00:00:09.700 t=9700 pts=9.700000
  EVENT type=EXIT blob=2 dir=RIGHT since=8600 since_frame=87
FRAME 117 @ 00:00:11.600 t=11600 pts=11.600000
  EVENT type=ENTER blob=3 dir=RIGHT since=10500 since_frame=106
FRAME 123 @ 00:00:12.200 t=12200 pts=12.200000
  EVENT type=APPEAR blob=4 dir=LEFT since=10600 since_frame=107
FRAME 128 @ 00:00:12.700 t=12700 pts=12.700000
  EVENT type=EXIT blob=4 dir=LEFT since=12500 since_frame=126
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=1 dir=RIGHT since=11700 since_frame=118
# all 130 frames: sha256 d63d4b9ef82460e0c5a37af06a0352c848afef5d0a31a19d64c8c90015bb6937
