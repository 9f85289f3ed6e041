# pbet/prod, written by cachewright: change the definition, not this file.

resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name        = "pbet-plataforma-bet-prod-EngineCPUUtilization"
  alarm_description = "pbet-plataforma-bet-prod: CPUUtilization above 40 % for 5 minutes. Commands wait for the core that runs them. The engine runs on one core: 80 % of it is 40 % of a host with 2 vCPUs."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 40
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name        = "pbet-plataforma-bet-prod-DatabaseMemoryUsagePercentage"
  alarm_description = "pbet-plataforma-bet-prod: DatabaseMemoryUsagePercentage above 85 % for 5 minutes. Memory runs out: keys are evicted, or writes are refused."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 85
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "freeable_memory" {
  alarm_name        = "pbet-plataforma-bet-prod-FreeableMemory"
  alarm_description = "pbet-plataforma-bet-prod: FreeableMemory below 100000000 bytes for 5 minutes. The host has hardly any memory left and may begin to swap."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 100000000
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "connections" {
  alarm_name        = "pbet-plataforma-bet-prod-CurrConnections"
  alarm_description = "pbet-plataforma-bet-prod: CurrConnections above 52000 for 10 minutes. Clients have many connections open: a pool without a bound, or one for each request. Four fifths of the 65000 that such a node takes."

  evaluation_periods  = 10
  datapoints_to_alarm = 10
  threshold           = 52000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "replication_lag" {
  alarm_name        = "pbet-plataforma-bet-prod-ReplicationLag"
  alarm_description = "pbet-plataforma-bet-prod: ReplicationLag above 10 seconds for 15 minutes. A replica is behind: reads from it are old, and a failover to it loses writes."

  evaluation_periods  = 15
  datapoints_to_alarm = 15
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "primary_link" {
  alarm_name        = "pbet-plataforma-bet-prod-MasterLinkHealthStatus"
  alarm_description = "pbet-plataforma-bet-prod: MasterLinkHealthStatus below 1 for 2 minutes. A replica has lost its primary."

  evaluation_periods  = 2
  datapoints_to_alarm = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
      }

      period = 60
      stat   = "Minimum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
      }

      period = 60
      stat   = "Minimum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
      }

      period = 60
      stat   = "Minimum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_001" {
  alarm_name        = "pbet-plataforma-bet-prod-001-NoData"
  alarm_description = "pbet-plataforma-bet-prod-001: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-001"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_002" {
  alarm_name        = "pbet-plataforma-bet-prod-002-NoData"
  alarm_description = "pbet-plataforma-bet-prod-002: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-002"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_003" {
  alarm_name        = "pbet-plataforma-bet-prod-003-NoData"
  alarm_description = "pbet-plataforma-bet-prod-003: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-003"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }
}

resource "aws_cloudwatch_metric_alarm" "hit_rate" {
  alarm_name        = "pbet-plataforma-bet-prod-CacheHitRate"
  alarm_description = "pbet-plataforma-bet-prod: CacheHitRate below 90 % for 15 minutes. Reads miss the cache, and whatever is behind it has the load."

  evaluation_periods  = 3
  datapoints_to_alarm = 3
  threshold           = 90
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
      }

      period = 300
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "evictions" {
  alarm_name        = "pbet-plataforma-bet-prod-Evictions"
  alarm_description = "pbet-plataforma-bet-prod: Evictions above 1000 for 5 minutes. Keys go to make room for others."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "Evictions"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "Evictions"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "Evictions"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "authentication" {
  alarm_name        = "pbet-plataforma-bet-prod-AuthenticationFailures"
  alarm_description = "pbet-plataforma-bet-prod: AuthenticationFailures above 0 for a minute. Somebody logs in with a wrong token or password."

  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "command_authorization" {
  alarm_name        = "pbet-plataforma-bet-prod-CommandAuthorizationFailures"
  alarm_description = "pbet-plataforma-bet-prod: CommandAuthorizationFailures above 0 for a minute. A user gives commands that it may not give."

  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CommandAuthorizationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CommandAuthorizationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CommandAuthorizationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "key_authorization" {
  alarm_name        = "pbet-plataforma-bet-prod-KeyAuthorizationFailures"
  alarm_description = "pbet-plataforma-bet-prod: KeyAuthorizationFailures above 0 for a minute. A user reaches for keys that it may not have."

  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_topic_arn]
  ok_actions          = [var.alerts_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "KeyAuthorizationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-001"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "KeyAuthorizationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-002"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "KeyAuthorizationFailures"

      dimensions = {
        CacheClusterId = "pbet-plataforma-bet-prod-003"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "unwell" {
  alarm_name        = "pbet-plataforma-bet-prod-unwell"
  alarm_description = "pbet-plataforma-bet-prod is unwell: one of the alarms that can't wait went off. The dashboard shows which, the runbook what to do."
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.cpu.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.memory.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.primary_link.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_001.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_002.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_003.alarm_name}\")"
  alarm_actions     = [var.pages_topic_arn]
  ok_actions        = [var.pages_topic_arn]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "pbet-plataforma-bet-prod"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# pbet-plataforma-bet-prod (pbet/prod, production)"
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
                value = 40
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUUtilization",
              "CacheClusterId",
              "pbet-plataforma-bet-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-prod-002", ".", "."],
            [".", ".", ".", "pbet-plataforma-bet-prod-003", ".", "."],
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
                value = 85
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "DatabaseMemoryUsagePercentage",
              "CacheClusterId",
              "pbet-plataforma-bet-prod-001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-prod-002"],
            [".", ".", ".", "pbet-plataforma-bet-prod-003"],
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
                value = 100000000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "FreeableMemory",
              "CacheClusterId",
              "pbet-plataforma-bet-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-prod-002", ".", "."],
            [".", ".", ".", "pbet-plataforma-bet-prod-003", ".", "."],
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
                value = 52000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CurrConnections",
              "CacheClusterId",
              "pbet-plataforma-bet-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-prod-002", ".", "."],
            [".", ".", ".", "pbet-plataforma-bet-prod-003", ".", "."],
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
            ["AWS/ElastiCache", "ReplicationLag", "CacheClusterId", "pbet-plataforma-bet-prod-001"],
            [".", ".", ".", "pbet-plataforma-bet-prod-002"],
            [".", ".", ".", "pbet-plataforma-bet-prod-003"],
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
              "pbet-plataforma-bet-prod-001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-prod-002"],
            [".", ".", ".", "pbet-plataforma-bet-prod-003"],
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
                value = 90
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "CacheHitRate", "CacheClusterId", "pbet-plataforma-bet-prod-001"],
            [".", ".", ".", "pbet-plataforma-bet-prod-002"],
            [".", ".", ".", "pbet-plataforma-bet-prod-003"],
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
                value = 1000
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "Evictions", "CacheClusterId", "pbet-plataforma-bet-prod-001"],
            [".", ".", ".", "pbet-plataforma-bet-prod-002"],
            [".", ".", ".", "pbet-plataforma-bet-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "Evictions"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 13
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 0
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "AuthenticationFailures",
              "CacheClusterId",
              "pbet-plataforma-bet-prod-001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-prod-002"],
            [".", ".", ".", "pbet-plataforma-bet-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "AuthenticationFailures"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 13
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 0
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CommandAuthorizationFailures",
              "CacheClusterId",
              "pbet-plataforma-bet-prod-001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-prod-002"],
            [".", ".", ".", "pbet-plataforma-bet-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "CommandAuthorizationFailures"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 19
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 0
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "KeyAuthorizationFailures",
              "CacheClusterId",
              "pbet-plataforma-bet-prod-001",
            ],
            [".", ".", ".", "pbet-plataforma-bet-prod-002"],
            [".", ".", ".", "pbet-plataforma-bet-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "KeyAuthorizationFailures"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 19
      },
    ]
  })
}
