# pbet/hml, written by cachewright: change the definition, not this file.

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "pbet-plataforma-bet-hml"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# pbet-plataforma-bet-hml (pbet/hml, staging)"
        }
        type  = "text"
        width = 24
        x     = 0
        y     = 0
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 45
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUUtilization",
              "CacheClusterId",
              "pbet-plataforma-bet-hml-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-hml-002", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "EngineCPUUtilization"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 80
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "DatabaseMemoryUsagePercentage",
              "CacheClusterId",
              "pbet-plataforma-bet-hml-001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-hml-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "DatabaseMemoryUsagePercentage"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 27000000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "FreeableMemory",
              "CacheClusterId",
              "pbet-plataforma-bet-hml-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-hml-002", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "FreeableMemory"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 16000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CurrConnections",
              "CacheClusterId",
              "pbet-plataforma-bet-hml-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-hml-002", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CurrConnections"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 10
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "ReplicationLag", "CacheClusterId", "pbet-plataforma-bet-hml-001"],
            [".", ".", ".", "pbet-plataforma-bet-hml-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "ReplicationLag"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 1
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "MasterLinkHealthStatus",
              "CacheClusterId",
              "pbet-plataforma-bet-hml-001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-hml-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Minimum"
          title   = "MasterLinkHealthStatus"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 80
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "CacheHitRate", "CacheClusterId", "pbet-plataforma-bet-hml-001"],
            [".", ".", ".", "pbet-plataforma-bet-hml-002"],
          ]
          period  = 300
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CacheHitRate"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 13
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 12
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUCreditBalance",
              "CacheClusterId",
              "pbet-plataforma-bet-hml-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-hml-002", ".", "."],
          ]
          period  = 300
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CPUCreditBalance"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 13
      },
    ]
  })
}
