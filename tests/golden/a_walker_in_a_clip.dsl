# streamware-dsl version=1 analyser=0.1.0 settings=9f86d081
# camera name=clip size=768x576 work=384x288 fps=0 clock=media
# units t=ms pts=s motion_pct=% pos=0..1 size=0..1 vel=1/frame vel_s=1/s coast=frames area=px dist=1 speed=1/frame speed_s=1/s since=ms score=0..1
FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  DELTA motion_pct=0.0% regions=0
  STATE warmup since=0
FRAME 2 @ 00:00:00.100 t=100 pts=0.100000
  DELTA motion_pct=1.1% regions=2
  BLOB id=1 pos=(0.052,0.610) size=(0.060,0.180) vel=(0.0041,-0.0003) vel_s=(0.0410,-0.0030)
  EDGE blob=1 points=24 area=1240px complexity=0.70
  EVENT type=ENTER blob=1 dir=LEFT since=0 since_frame=1
  TRACK blob=1 frames=2 dist=0.0082 speed=0.0041 speed_s=0.0410 moving=yes
  CAUSE shadow score=0.80 suppressed=yes
  STATE online since=0
FRAME 3 @ 00:00:00.200 t=200 pts=0.200000
  DELTA motion_pct=0.9% regions=1
  BLOB id=1 pos=(0.056,0.610) size=(0.060,0.180) vel=(0.0041,-0.0003) vel_s=(0.0410,-0.0030) coast=1
  BLOB id=12 pos=(0.052,0.610) size=(1.000,1.000) vel=(0.0041,-0.0003) vel_s=(0.0410,-0.0030)
  EVENT type=CROSS blob=1 dir=RIGHT zone="front gate"
  TRACK blob=1 frames=2 dist=0.0082 speed=0.0041 speed_s=0.0410 moving=no
  CAUSE light score=1.00 blob=12 suppressed=yes
