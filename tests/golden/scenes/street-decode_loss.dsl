FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 54 @ 00:00:05.300 t=5300 pts=5.300000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 57 @ 00:00:05.600 t=5600 pts=5.600000
  EVENT type=ENTER blob=3 dir=DOWN since=5400 since_frame=55
FRAME 63 @ 00:00:06.200 t=6200 pts=6.200000
  CAUSE decode_loss score=1.00 suppressed=yes
FRAME 74 @ 00:00:07.300 t=7300 pts=7.300000
  EVENT type=ENTER blob=4 dir=RIGHT since=7100 since_frame=72
  EVENT type=EXIT blob=3 dir=DOWN since=5900 since_frame=60
FRAME 76 @ 00:00:07.500 t=7500 pts=7.500000
  EVENT type=APPEAR blob=5 dir=RIGHT since=7100 since_frame=72
FRAME 77 @ 00:00:07.600 t=7600 pts=7.600000
  EVENT type=ENTER blob=6 dir=DOWN since=7100 since_frame=72
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  EVENT type=EXIT blob=1 dir=DOWN since=5900 since_frame=60
FRAME 97 @ 00:00:09.600 t=9600 pts=9.600000
  EVENT type=ENTER blob=7 dir=RIGHT since=9400 since_frame=95
FRAME 105 @ 00:00:10.400 t=10400 pts=10.400000
  EVENT type=STOP blob=6 dir=STATIC since=8900 since_frame=90
  EVENT type=ENTER blob=8 dir=RIGHT since=10100 since_frame=102
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=9 dir=LEFT since=10600 since_frame=107
  EVENT type=DISAPPEAR blob=7 dir=TOWARD since=10600 since_frame=107
FRAME 112 @ 00:00:11.100 t=11100 pts=11.100000
  CAUSE decode_loss score=1.00 suppressed=yes
FRAME 123 @ 00:00:12.200 t=12200 pts=12.200000
  EVENT type=ENTER blob=10 dir=RIGHT since=12000 since_frame=121
  EVENT type=APPEAR blob=11 dir=RIGHT since=12000 since_frame=121
  EVENT type=DISAPPEAR blob=8 dir=TOWARD since=10800 since_frame=109
FRAME 124 @ 00:00:12.300 t=12300 pts=12.300000
  EVENT type=ENTER blob=12 dir=LEFT since=12000 since_frame=121
  EVENT type=DISAPPEAR blob=2 dir=RIGHT since=12000 since_frame=121
  EVENT type=DISAPPEAR blob=9 dir=AWAY since=11900 since_frame=120
FRAME 126 @ 00:00:12.500 t=12500 pts=12.500000
  EVENT type=APPEAR blob=13 dir=DOWN since=12300 since_frame=124
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=12 dir=LEFT since=12700 since_frame=128
# all 130 frames: sha256 db62066363f95742604f1b662d039ae9c64d230f6436a803e6bfd99f05477b96
