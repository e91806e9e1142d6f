"""What the diagnostic bundle says: its headings, and why a part of it is missing."""

TITLE = "便民前台诊断信息"
PROMISE = "这份文件里只有版本、计数、大小、检查结果和日志，没有居民的姓名、证件号、电话，也没有办件内容。请先从头看一遍，再决定交不交给技术人员。"
PROGRAM, PLACE, DISK, CLOCK, STARTS = "程序", "数据文件夹", "磁盘", "时钟", "最近的启动"
DATABASE, CHECKS, COUNTS, BACKUPS, LOG, FAULTS = (
    "数据文件的设置",
    "检查结果",
    "各表行数",
    "备份",
    "最近的日志",
    "最近的崩溃记录",
)
NOT_OPEN = "没有看：数据文件没有打开（{why}）。"
WITHOUT_KEY = "没有登录，没有钥匙"
ON_SERVER = "没有看：数据在 PostgreSQL 服务器上，设置和页由服务器自己检查。"
NOTHING = "没有"
ALL_WELL = "完好"
NOT_READ = "读不出来"
CLEAN = "没有中断的启动"
BROKEN = "10 分钟内中断 {count} 次"
DOUBTS = {"": "没有疑点", "back": "比上次用的时候早", "ahead": "比上次用的时候晚了很多天"}
