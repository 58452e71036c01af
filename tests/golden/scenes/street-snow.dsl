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
FRAME 61 @ 00:00:06.000 t=6000 pts=6.000000
  EVENT type=EXIT blob=3 dir=DOWN since=5900 since_frame=60
FRAME 71 @ 00:00:07.000 t=7000 pts=7.000000
  EVENT type=ENTER blob=4 dir=RIGHT since=6800 since_frame=69
FRAME 97 @ 00:00:09.600 t=9600 pts=9.600000
  EVENT type=ENTER blob=5 dir=RIGHT since=9400 since_frame=95
FRAME 107 @ 00:00:10.600 t=10600 pts=10.600000
  EVENT type=STOP blob=1 dir=STATIC since=9100 since_frame=92
FRAME 109 @ 00:00:10.800 t=10800 pts=10.800000
  EVENT type=APPEAR blob=6 dir=LEFT since=10600 since_frame=107
  EVENT type=DISAPPEAR blob=5 dir=TOWARD since=10500 since_frame=106
FRAME 111 @ 00:00:11.000 t=11000 pts=11.000000
  EVENT type=ENTER blob=7 dir=RIGHT since=10600 since_frame=107
FRAME 115 @ 00:00:11.400 t=11400 pts=11.400000
  EVENT type=APPEAR blob=8 dir=DOWN since=11200 since_frame=113
FRAME 119 @ 00:00:11.800 t=11800 pts=11.800000
  EVENT type=MERGE blob=1 dir=STATIC since=11500 since_frame=116 with=7
  EVENT type=MERGE blob=7 dir=STATIC since=11500 since_frame=116 with=1
FRAME 125 @ 00:00:12.400 t=12400 pts=12.400000
  EVENT type=ENTER blob=9 dir=RIGHT since=12200 since_frame=123
FRAME 129 @ 00:00:12.800 t=12800 pts=12.800000
  EVENT type=EXIT blob=6 dir=LEFT since=12600 since_frame=127
# all 130 frames: sha256 3476bff3c281ca8ed9836b5e8e3e14e8a9259d371179641ed3da00477589e3ed
