FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  STATE warmup since=0
FRAME 25 @ 00:00:02.400 t=2400 pts=2.400000
  STATE online since=2400
FRAME 40 @ 00:00:03.900 t=3900 pts=3.900000
  EVENT type=ENTER blob=1 dir=LEFT since=3700 since_frame=38
FRAME 56 @ 00:00:05.500 t=5500 pts=5.500000
  EVENT type=ENTER blob=2 dir=LEFT since=5100 since_frame=52
FRAME 59 @ 00:00:05.800 t=5800 pts=5.800000
  EVENT type=ENTER blob=3 dir=DOWN since=5400 since_frame=55
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=EXIT blob=3 dir=DOWN since=5900 since_frame=60
FRAME 81 @ 00:00:08.000 t=8000 pts=8.000000
  STATE covered since=8000 score=0.97
# all 130 frames: sha256 a15932a464cbe191cf2bce0b7a4084b97475b1a3815a80d2115034fd07981f2b
