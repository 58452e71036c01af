FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 60 @ 00:00:05.900 t=5900 pts=5.900000
  CAUSE shadow score=0.70 suppressed=yes
FRAME 63 @ 00:00:06.200 t=6200 pts=6.200000
  CAUSE decode_loss score=1.00 suppressed=yes
FRAME 78 @ 00:00:07.700 t=7700 pts=7.700000
  EVENT type=APPEAR blob=2 dir=RIGHT since=7200 since_frame=73
FRAME 79 @ 00:00:07.800 t=7800 pts=7.800000
  EVENT type=ENTER blob=3 dir=RIGHT since=7200 since_frame=73
  EVENT type=ENTER blob=4 dir=DOWN since=7200 since_frame=73
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  EVENT type=EXIT blob=1 dir=DOWN since=5900 since_frame=60
FRAME 101 @ 00:00:10.000 t=10000 pts=10.000000
  EVENT type=ENTER blob=5 dir=RIGHT since=9400 since_frame=95
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=STOP blob=4 dir=STATIC since=8900 since_frame=90
FRAME 106 @ 00:00:10.500 t=10500 pts=10.500000
  EVENT type=ENTER blob=6 dir=RIGHT since=10100 since_frame=102
FRAME 112 @ 00:00:11.100 t=11100 pts=11.100000
  CAUSE decode_loss score=1.00 suppressed=yes
FRAME 127 @ 00:00:12.600 t=12600 pts=12.600000
  EVENT type=ENTER blob=7 dir=RIGHT since=12000 since_frame=121
  EVENT type=ENTER blob=8 dir=LEFT since=12000 since_frame=121
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=8 dir=LEFT since=12600 since_frame=127
FRAME 130 @ 00:00:12.900 t=12900 pts=12.900000
  EVENT type=APPEAR blob=9 dir=RIGHT since=12400 since_frame=125
# all 130 frames: sha256 58413825dbafaa5fd02a8338224104c17b086f9045c939b9591fa20156f6c660
