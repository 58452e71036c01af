# streamware-dsl version=1 analyser=0.1.0 settings=9f86d081
# camera name=clip size=1x1 work=1x1 fps=29.97 clock=media
# units t=ms pts=s motion_pct=% pos=0..1 size=0..1 vel=1/frame vel_s=1/s coast=frames area=px dist=1 speed=1/frame speed_s=1/s since=ms score=0..1
FRAME 1 @ 00:00:00.000 t=0 pts=0.000000
  DELTA motion_pct=0.0% regions=0
FRAME 2 @ 00:00:00.033 t=33 pts=0.033367
  DELTA motion_pct=0.0% regions=0
FRAME 3 @ 00:00:00.067 t=67 pts=0.066734
  DELTA motion_pct=0.0% regions=0
